-- What the application may do in the database that it is connected to: `roles.sql` reads it, and whoever
-- restores a backup into a new database.
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT ALL ON SCHEMA public TO directory_owner;
GRANT USAGE ON SCHEMA public TO directory;
ALTER DEFAULT PRIVILEGES FOR ROLE directory_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO directory;
ALTER DEFAULT PRIVILEGES FOR ROLE directory_owner IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO directory;
