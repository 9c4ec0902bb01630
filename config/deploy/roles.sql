-- The database and its two roles. Once, as PostgreSQL's administrator:
--   psql -v owner_password=… -v password=… -f roles.sql
-- The application can read and write rows, and cannot drop the triggers that keep editions as they are:
-- the tables are another role's, which only `migrate`, backups and restoring use.
\set ON_ERROR_STOP on
CREATE ROLE directory_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE directory LOGIN PASSWORD :'password';
CREATE DATABASE directory OWNER directory_owner TEMPLATE template0 ENCODING 'UTF8';
REVOKE ALL ON DATABASE directory FROM PUBLIC;
GRANT CONNECT ON DATABASE directory TO directory;
\connect directory
\ir grants.sql
