"""Importer of the Bureau of Labor Statistics' Occupational Employment and Wage Statistics (OEWS).

A release is available in three forms: an SQLite database inside a PyPI package, BLS's flat files and BLS's workbooks.
The latter two are converted to the first one's tables, and every release is stored from such a database.
"""
