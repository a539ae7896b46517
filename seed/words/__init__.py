"""Rolegraph's own descriptions and responsibilities of all occupations, and the checks that hold them to their rules.

One TSV file for each major group, written by hand and reviewed like code; see ``files`` for its columns.
"""
