#!/usr/bin/env bash
# The tests of this example, in an environment of its own: Dask, Restate's SDK, Restate's server from npm, the wheel.
# Without npm's server the live half is skipped, and says so. KEZEK_CITY names a city program that is built already.
set -euo pipefail
cd "$(dirname "$0")"
venv="${CARGO_TARGET_DIR:-$PWD/../../target}/venv-nationwide"
if ! "${PYTHON:-python3}" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "not tried: Dask wants Python 3.11 or later"
    exit 0
fi
"${PYTHON:-python3}" -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check -r requirements.txt mypy==2.4.1
"$venv/bin/pip" install --quiet --disable-pip-version-check ../../bindings-py
if [ -z "${RESTATE_SERVER:-}" ]; then
    npm ci --ignore-scripts --no-audit --no-fund || echo "no Restate server from npm: the live half is skipped"
fi
"$venv/bin/python" -m mypy --strict --explicit-package-bases country.py live whatif tests
"$venv/bin/python" -m pytest -q -rs -p no:cacheprovider tests
