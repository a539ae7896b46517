"""Tests of resolvers/."""
