"""The numbers of examples that tests draw: few in each run, and many in the nightly one."""

import os

from hypothesis import settings

EXAMPLES = int(os.environ.get("EQUALITY_EXAMPLES", "0"))
"""The number of drawn operations to compare; 0 for those that select something that no earlier one selects."""

EXHAUSTIVE = EXAMPLES > 0
"""Whether to try all combinations, as the nightly run does, instead of a selection in which each case occurs."""


def examples(count: int) -> settings:
    """Return settings for this number of examples of Hypothesis; thirty times as many in the nightly run.

    An example may take long on a busy machine, so none has a deadline.
    """
    return settings(max_examples=30 * count if EXHAUSTIVE else count, deadline=None, database=None)
