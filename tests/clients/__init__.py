"""Tests with other people's clients: what they make of the API that a real server process serves."""
