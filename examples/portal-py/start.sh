#!/usr/bin/env bash
# One command: makes an environment with kezek in it, builds the page where Node is, and starts the portal on a free port
# with the demo town in a new database. Prints its address. Ctrl+C ends it.
set -euo pipefail
cd "$(dirname "$0")/../.."

# shellcheck source=examples/portal-py/environment.sh
. examples/portal-py/environment.sh
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
page=()
if command -v node > /dev/null; then
    page=(--page "$(node examples/page/build.mjs | tail -n 1)")
else
    echo "Node is not here: the portal is started without its page."
fi
cd examples/portal-py
"$python" -m portal --demo --database "$folder/portal.db" --listen 127.0.0.1:0 "${page[@]}" "$@" 2> "$folder/log"
