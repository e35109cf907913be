#!/bin/sh
# Only /tmp can be written.
set -eu

for name in GITHUB_TOKEN BACKEND_SECRET GITHUB_APP_PRIVATE_KEY POSTGRES_HOST POSTGRES_PORT POSTGRES_USER POSTGRES_PASSWORD POSTGRES_DB; do
  if ! printenv "$name" | grep -q .; then
    echo "$name is not set" >&2
    exit 1
  fi
done

health=/tmp/www/.backstage/health/v1
mkdir -p "$health"
echo ok >"$health/liveness"
until PGPASSWORD=$POSTGRES_PASSWORD psql -h "$POSTGRES_HOST" -p "$POSTGRES_PORT" -U "$POSTGRES_USER" -d "$POSTGRES_DB" -Atc 'select 1'; do
  sleep 2
done
echo ok >"$health/readiness"
exec httpd -f -p 7007 -h /tmp/www
