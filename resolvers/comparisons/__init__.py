"""Comparisons of two occupations: the pure arithmetic, and one module for each part of a comparison."""
