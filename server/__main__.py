"""``python -m server``. Worker processes import this module too, and nothing of the command."""

import gc
import sys

if __name__ == "__main__":
    # Collecting garbage would take a seventh of the time of this import, and find none.
    gc.disable()
    from server.command import main

    gc.freeze()
    gc.enable()
    sys.exit(main())
