"""Logs, metrics and traces, all made from one record of each request."""
