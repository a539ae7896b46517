"""Tests, in folders that mirror the packages: exact data, through the door that a user takes."""
