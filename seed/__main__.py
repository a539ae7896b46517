"""``python -m seed``."""

import gc
import sys

if __name__ == "__main__":
    # Collecting garbage would take an eighth of the time of storing all data, and find next to none.
    gc.disable()
    from seed.command import main

    gc.freeze()
    gc.set_threshold(50_000)
    gc.enable()
    sys.exit(main())
