"""The socket and its connections, below HTTP's meaning."""
