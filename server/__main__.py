"""``python -m server``. Worker processes import this module too, and nothing of the command."""

import gc
import os
import sys

if __name__ == "__main__":
    # NumPy's arrays of search are small: threads for the processor's other cores would only wait.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Collecting garbage would take a seventh of the time of this import, and find none.
    gc.disable()
    from server.command import main

    gc.freeze()
    gc.enable()
    sys.exit(main())
