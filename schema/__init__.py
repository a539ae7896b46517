"""Shapes and words: the GraphQL types, and which resolver answers each field. No logic, no I/O."""
