#!/usr/bin/env bash
# One command: the same load three times in one sitting: the portal on SQLite, the portal on PostgreSQL, PostgreSQL
# alone. Then two thousand pages that listen. Prints Markdown, with the ratios. The PostgreSQL is a scratch cluster in
# a temporary folder, on the loopback, with the settings it is delivered with: every commit is on the disk.
#
#   bash examples/portal-rs/load.sh            50,000 families, 24,000 places: about six minutes
#   bash examples/portal-rs/load.sh --quick    2,000 families, 900 places: seconds; no figures to quote
set -euo pipefail
cd "$(dirname "$0")/../.."

families=50000 places=24000 seconds=40 listeners=2000 rushes=50
case "${1:-}" in
    "") ;;
    --quick) families=2000 places=900 seconds=3 listeners=100 rushes=5 ;;
    *) echo "only --quick is known, not $1" >&2; exit 2 ;;
esac

# Where Debian, and others, put them.
bin=""
for place in /usr/lib/postgresql/*/bin "$(pg_config --bindir 2> /dev/null || true)" /usr/local/bin /usr/bin; do
    if [ -x "$place/initdb" ] && [ -x "$place/pg_ctl" ]; then bin="$place"; fi
done
if [ -z "$bin" ]; then
    echo "PostgreSQL is not installed here (Debian: apt-get install postgresql)" >&2
    exit 1
fi
# initdb refuses root.
as=()
if [ "$(id -u)" = 0 ]; then
    user=postgres
    id -u "$user" > /dev/null 2>&1 || user=nobody
    as=(runuser -u "$user" --)
fi

cargo build --quiet --release --locked -p kezek-portal
load="${CARGO_TARGET_DIR:-target}/release/portal-load"
load="$(realpath "$load")"
# A page that listens is a file for both sides.
ulimit -n "$(ulimit -Hn)"

folder="$(mktemp -d)"
end() {
    (cd / && "${as[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate stop > /dev/null 2>&1) || true
    rm -rf "$folder"
}
trap end EXIT
if [ ${#as[@]} -gt 0 ]; then chown "$user" "$folder"; fi
port="$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')"
(
    cd /
    "${as[@]}" "$bin/initdb" -D "$folder/data" -U kezek -A trust -E UTF8 --locale=C > "$folder/made"
    "${as[@]}" "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w \
        -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder" start >> "$folder/made"
)

"$load" --way portal-sqlite,portal-postgresql,postgresql --server "postgres://kezek@127.0.0.1:$port/postgres?sslmode=disable" \
    --families "$families" --places "$places" --seconds "$seconds" --rushes "$rushes"
for readers in 0 32; do
    echo
    "$load" --families "$families" --places "$places" --seconds 5 --rushes 1 --readers "$readers" --listeners "$listeners" \
        | grep 'pages that listen'
done
