#!/bin/sh
# Back up the database of DATABASE_URL into a directory, and forget what is older than two weeks:
#   backup.sh /var/backups/support-directory
set -eu
umask 077
directory=$1
file=$directory/directory-$(date -u +%Y%m%dT%H%M%SZ).dump
pg_dump --format=custom --no-owner --dbname="$DATABASE_URL" --file="$file.part"
# What cannot be listed cannot be restored.
pg_restore --list "$file.part" >/dev/null
mv "$file.part" "$file"
find "$directory" -name 'directory-*.dump*' -mtime +14 -delete
echo "$file"
