"""Two occupations side by side: the pure arithmetic, and one module for each part of the answer."""
