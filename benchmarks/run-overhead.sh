#!/usr/bin/env bash
# What `opencode-otel run` adds to a short command: the command alone and under it take turns; the medians are compared.
#
#   benchmarks/run-overhead.sh [PROGRAM] [ROUNDS]      default: artifacts/bin/opencode-otel 31
set -euo pipefail
program=${1:-artifacts/bin/opencode-otel}
rounds=${2:-31}
command=(sh -c 'sleep 0.1')

# Milliseconds that a command takes, with two decimals.
measure() {
  local start=${EPOCHREALTIME/[.,]/}
  "$@"
  local end=${EPOCHREALTIME/[.,]/}
  echo "$(((end - start) / 1000)).$(printf '%02d' $(((end - start) % 1000 / 10)))"
}

median() { sort -n | sed -n "$((rounds / 2 + 1))p"; }

plain=() wrapped=()
for ((round = 0; round < rounds; round++)); do
  plain+=("$(measure "${command[@]}")")
  wrapped+=("$(measure "$program" run --enable --exporter none --quiet -- "${command[@]}")")
done
alone=$(printf '%s\n' "${plain[@]}" | median)
under=$(printf '%s\n' "${wrapped[@]}" | median)
awk -v alone="$alone" -v under="$under" -v rounds="$rounds" \
  'BEGIN { printf "alone %.1f ms, under run %.1f ms: %.1f ms more (medians of %d)\n", alone, under, under - alone, rounds }'
