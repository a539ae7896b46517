"""Importer of the O*NET database of the U.S. Department of Labor."""
