-- The PostgreSQL container runs this when it creates its database. It adds the server's role, which can only read.
\getenv password READER_PASSWORD
CREATE ROLE rolegraph_reader LOGIN PASSWORD :'password';
GRANT pg_read_all_data TO rolegraph_reader;
-- The server sets both for each connection. Behind PgBouncer in transaction mode only settings of the role last.
ALTER ROLE rolegraph_reader SET default_transaction_read_only = on;
ALTER ROLE rolegraph_reader SET client_connection_check_interval = '1s';
