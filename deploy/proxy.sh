#!/bin/sh
# Starts the proxy before LINKER_PROCESSES servers of Linker, on ports from 8501.
set -eu
LINKER_SERVERS=
for port in $(seq 8501 $((8500 + LINKER_PROCESSES))); do
  LINKER_SERVERS="$LINKER_SERVERS linker:$port"
done
export LINKER_SERVERS
exec caddy run --config /etc/caddy/Caddyfile --adapter caddyfile
