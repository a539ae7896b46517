"""Tables, statements and access to the database. Imports no other package of ours."""
