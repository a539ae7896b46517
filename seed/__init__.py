"""Sources to rows: one module for each publisher. Knows the database and nothing else of ours."""
