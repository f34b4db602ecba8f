#!/bin/sh
# Runs once, when the database is made: the role of web, worker and beat. What it may do is granted by `manage.py grant_roles`.
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
    --set password="$(cat /run/secrets/app_password)" <<'SQL'
CREATE ROLE platforms_app LOGIN PASSWORD :'password' NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
REVOKE ALL ON DATABASE platforms FROM PUBLIC;
SQL
