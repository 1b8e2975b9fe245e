-- Two roles named as their users, who sign in through the socket without a password, and the database of the first.
-- psql runs it as the user postgres; twice is fine.
\set QUIET on
SELECT format('CREATE ROLE %I LOGIN', name)
  FROM unnest(ARRAY['byname', 'byname-public']) AS name
 WHERE name NOT IN (SELECT rolname FROM pg_roles) \gexec
SELECT 'CREATE DATABASE byname OWNER byname ENCODING ''UTF8'' LOCALE ''C.UTF-8'' TEMPLATE template0'
 WHERE 'byname' NOT IN (SELECT datname FROM pg_database) \gexec
REVOKE ALL ON DATABASE byname FROM PUBLIC;
GRANT CONNECT ON DATABASE byname TO "byname-public";
-- What a statement or a row held that failed, the server's own log must not keep.
ALTER DATABASE byname SET log_error_verbosity = 'terse';
ALTER DATABASE byname SET log_min_error_statement = 'panic';
ALTER DATABASE byname SET log_statement = 'none';
ALTER DATABASE byname SET log_min_duration_statement = -1;
ALTER DATABASE byname SET log_parameter_max_length_on_error = 0;
ALTER ROLE "byname-public" IN DATABASE byname SET default_transaction_read_only = on;
