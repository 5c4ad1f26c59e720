#!/bin/sh
# Unpacks and verifies a backup beside PostgreSQL's data, and swaps the two; the old data is kept.
set -eu
du -sh /backups/20*
server=0
pg_isready --dbname="$POSTGRES_URL" || server=$?
if [ "$server" -ne 2 ]; then # 2: no response
  echo 'PostgreSQL must be stopped first' >&2
  exit 1
fi

if [ "$BACKUP" = newest ]; then BACKUP=$(cd /backups && ls -d 20* | tail -n 1); fi
echo "unpacking $BACKUP"
cd /data
rm -rf pgdata.new
mkdir -m 700 pgdata.new
tar -xzf "/backups/$BACKUP/base.tar.gz" -C pgdata.new
tar -xzf "/backups/$BACKUP/pg_wal.tar.gz" -C pgdata.new/pg_wal
pg_verifybackup --quiet --manifest-path="/backups/$BACKUP/backup_manifest" pgdata.new

old="pgdata.until-$(date -u +%Y-%m-%dT%H-%M-%SZ)"
if [ -d pgdata ]; then mv pgdata "$old" && echo "what was there is in $old"; fi
mv pgdata.new pgdata
sync
echo "$BACKUP is in its place; PostgreSQL may start"
