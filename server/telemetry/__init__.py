"""What operators see: the log, metrics and traces, told from one record of each request."""
