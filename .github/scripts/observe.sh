#!/usr/bin/env bash
# Runs COMMAND under opencode-otel; where the program could not be installed, the command runs all the same.
set -uo pipefail

if ! command -v opencode-otel >/dev/null; then
  exec bash -eo pipefail -c "$COMMAND"
fi

options=()
[ "${STRICT:-}" = true ] && options+=(--strict)
exec opencode-otel run ${options[@]+"${options[@]}"} -- bash -eo pipefail -c "$COMMAND"
