"""Batch functions: how each field of the schema is answered. Imports db.

A *batch function* answers one field for all parents of a level. It takes the parents, the ``Context`` and the field's
arguments, and returns one value for each parent, in the parents' order. It runs a fixed number of statements, however
many parents there are. ``resolvers.context`` says how batch functions are called.

Functions are called with their module's name, ``areas.of`` or ``groups.by_code``:

- ``of``: the module's object for each parent, ``of_groups`` for each parent of that type.
- ``by_code``, ``by_slug``, ``by_key``: the one object with a key, or None. The parent is the query.
- ``listing``: a list that starts at the query.
- ``required`` and ``require_...``: not batch functions; they raise BadUserInput where an argument names no object.

``comparisons`` has the comparison of two occupations, with the arithmetic as pure functions.
"""
