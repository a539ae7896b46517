"""``python -m schema``: print the schema in the schema definition language (SDL)."""

import sys

from schema.definition import sdl

sys.stdout.write(sdl())
