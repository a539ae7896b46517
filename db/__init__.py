"""Rows, statements and the one door to the database. Imports no other package of ours."""
