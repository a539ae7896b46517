"""Measurements, each run by hand: they print figures, and some end with status 1 where those are not good enough."""
