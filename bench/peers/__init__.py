"""The peers of the side-by-side benchmark."""
