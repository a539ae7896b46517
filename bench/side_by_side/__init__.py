"""``make bench``: our server and its peers on the same machine, with the same data, in one run."""
