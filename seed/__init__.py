"""Importers: one module or package for each publisher, from its files to rows. Imports db/ and nothing else of ours."""
