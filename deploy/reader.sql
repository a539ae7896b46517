-- The PostgreSQL container runs this when it makes its database: a user for the server, who can read and nothing else.
\getenv password READER_PASSWORD
CREATE ROLE rolegraph_reader LOGIN PASSWORD :'password';
GRANT pg_read_all_data TO rolegraph_reader;
