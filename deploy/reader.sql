-- The PostgreSQL container runs this when it creates its database. It adds the server's role, which can only read.
\getenv password READER_PASSWORD
CREATE ROLE rolegraph_reader LOGIN PASSWORD :'password';
GRANT pg_read_all_data TO rolegraph_reader;
