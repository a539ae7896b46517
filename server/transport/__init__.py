"""The listening socket, the processes that serve, and their HTTP connections."""
