# Sourced: an environment of its own, with kezek and what the portal stands on; `python` is its interpreter.
target="${CARGO_TARGET_DIR:-$PWD/target}"
python="$target/venv-portal/bin/python"
if [ ! -x "$python" ]; then "${PYTHON:-python3}" -m venv "$target/venv-portal"; fi
"$python" -m pip install --quiet --disable-pip-version-check -r examples/portal-py/requirements.txt ./bindings-py
