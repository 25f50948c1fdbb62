#!/bin/sh
# Writes the passfile from the secret, where only this account reads it, and starts the application.
set -eu
umask 077
password=$(sed 's/[\\:]/\\&/g' "$DATABASE_PASSWORD_FILE")
printf '*:*:*:*:%s\n' "$password" >"$PGPASSFILE"
exec linker app "$@"
