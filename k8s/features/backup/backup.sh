#!/bin/sh
# Takes a base backup of the whole server, unpacks and verifies it, and only then renames it to its
# final name: a named copy is complete.
set -eu
cd /backups
rm -rf .partial .unpacked # of a run that was killed

echo 'copying'
pg_basebackup --dbname="$POSTGRES_URL" --no-password --pgdata=.partial \
  --format=tar --gzip --wal-method=stream --checkpoint=fast

echo 'looking through it'
mkdir -m 700 .unpacked
tar -xzf .partial/base.tar.gz -C .unpacked
tar -xzf .partial/pg_wal.tar.gz -C .unpacked/pg_wal
pg_verifybackup --quiet --manifest-path=.partial/backup_manifest .unpacked
rm -rf .unpacked

name=$(date -u +%Y-%m-%dT%H-%M-%SZ)
mv .partial "$name"
sync
ls -d 20* | head -n "-$KEEP" | xargs -r rm -rf

du -sh "$name"
echo "$(ls -d 20* | wc -l) copies are kept, the oldest is $(ls -d 20* | head -n 1)"
