#!/usr/bin/env bash
# One command: makes an environment with kezek in it, builds the page where Node is, and starts the portal on a free port
# with a new database and a settlement to try. Prints its address, and the tokens to come with. Ctrl+C ends it.
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
"$python" - "$folder/portal.json" <<'PY'
import hashlib, json, sys

people = {
    "parent": {"role": "applicant", "iin": "p:parent-1"},
    "staff": {"role": "staff", "kindergartens": ["bobek"]},
    "department": {"role": "department"},
}
tokens = [{"sha256": hashlib.sha256(name.encode()).hexdigest(), "actor": actor} for name, actor in people.items()]
json.dump({"settlements": [{"id": "town", "policy": "akmola-2018"}], "tokens": tokens}, open(sys.argv[1], "w"))
print("Tokens:", ", ".join(people))
PY
cd examples/portal-py
"$python" -m portal --config "$folder/portal.json" --database "$folder/portal.db" --listen 127.0.0.1:0 "${page[@]}" 2> "$folder/log"
