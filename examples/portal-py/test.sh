#!/usr/bin/env bash
# Types and tests of the portal in Python, in an environment of its own. The Rust portal is built for the tests of one
# journal under both.
set -euo pipefail
cd "$(dirname "$0")/../.."

# shellcheck source=examples/portal-py/environment.sh
. examples/portal-py/environment.sh
cargo build --quiet --locked -p kezek-portal --bin portal
(cd examples/portal-py && "$python" -m mypy --strict portal)
"$python" -m pytest -q -p no:cacheprovider examples/portal-py/tests
# The same page, and what a parent does there, as with the Rust portal.
PORTAL="$python -m portal" PYTHONPATH="$PWD/examples/portal-py" bash examples/page/test.sh portal
