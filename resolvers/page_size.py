"""The sizes of a page, in a module that imports nothing: the settings need no more of this package."""

DEFAULT_SIZE, LARGEST_SIZE = 20, 100
"""The default and the maximum size of a page."""
