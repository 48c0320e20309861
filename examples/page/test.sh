#!/usr/bin/env bash
# Drives the page in Chromium: everything that is missing is built or installed first.
set -euo pipefail
cd "$(dirname "$0")"
node build.mjs
node tests/all.mjs "$@"
