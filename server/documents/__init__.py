"""What clients ask by: documents, read within limits, priced, and found by hash or id."""
