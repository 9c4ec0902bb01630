# Read by the image of PostgreSQL when its volume is empty.
psql --username=postgres -v owner_password="$OWNER_PASSWORD" -v password="$PASSWORD" -f /roles/roles.sql
