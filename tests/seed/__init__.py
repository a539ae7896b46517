"""Tests of seed/."""
