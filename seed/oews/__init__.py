"""Occupational Employment and Wage Statistics (OEWS) of the Bureau of Labor Statistics.

A release comes in three forms: as an SQLite database inside a PyPI package, as BLS's flat files and as BLS's workbooks.
Each form is brought to the first one's shape, and stored from there.
"""
