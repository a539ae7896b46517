"""``make bench``: ours and its peers on the same machine, with the same data, in one sitting."""
