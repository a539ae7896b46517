import os

EXAMPLES = int(os.environ.get("EQUALITY_EXAMPLES", "0"))
"""The number of drawn operations to compare; 0 for those that select something that no earlier one selects."""

EXHAUSTIVE = EXAMPLES > 0
"""Whether to try all combinations, as the nightly run does, instead of a selection in which each case occurs."""
