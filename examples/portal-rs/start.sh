#!/usr/bin/env bash
# One command: builds the page (where Node is) and the portal, and starts it with the demo town on a free port, with a
# new database in a temporary folder. Prints its address. Ctrl+C ends it, and the town with it.
#
#   bash examples/portal-rs/start.sh                     the town of the portals' instructions
#   bash examples/portal-rs/start.sh --children 2000     a made-up city of that size (examples/city generate)
#   bash examples/portal-rs/start.sh --port 8080
set -euo pipefail
cd "$(dirname "$0")/../.."

children="" port=0
while [ $# -gt 0 ]; do
    case "$1" in
        --children) children="$2"; shift 2 ;;
        --port) port="$2"; shift 2 ;;
        *) echo "only --children N and --port N are known, not $1" >&2; exit 2 ;;
    esac
done

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT

page=()
if command -v node > /dev/null; then
    page=(--page "$(node examples/page/build.mjs | tail -n 1)")
else
    echo "Node is not here: the portal is started without its page."
fi
cargo build --quiet --release --locked -p kezek-portal --bin portal
town=()
if [ -n "$children" ]; then
    cargo run --quiet --release --locked --example city -- generate --children "$children" --seed 7 --out "$folder/city.jsonl"
    town=("$folder/city.jsonl")
fi
# The log is in the folder, not on the screen.
target="${CARGO_TARGET_DIR:-target}"
"$target/release/portal" --demo "${town[@]}" --database "$folder/portal.db" --listen "127.0.0.1:$port" \
    "${page[@]}" 2> "$folder/log"
