"""``python -m schema``: print the schema in the schema definition language (SDL)."""

import argparse
import sys

from schema import definition, federation

parser = argparse.ArgumentParser(prog="python -m schema", description="Print the schema in SDL.")
parser.add_argument("--federation", action="store_true", help="print it as the subgraph that FEDERATION=true serves")
sys.stdout.write((federation if parser.parse_args().federation else definition).sdl())
