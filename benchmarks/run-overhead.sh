#!/usr/bin/env bash
# What `opencode-otel run` adds to a short command: the command alone and under it take turns; the medians are compared.
# On a busy machine look at the processor time: the rest is waiting for a processor.
#
#   benchmarks/run-overhead.sh [PROGRAM] [ROUNDS]      default: artifacts/bin/opencode-otel 31
set -euo pipefail
program=${1:-artifacts/bin/opencode-otel}
rounds=${2:-31}
command=(sh -c 'sleep 0.1')
TIMEFORMAT='%R %U %S' # seconds: from start to end, and of the processor

# Prints a name, milliseconds from start to end, and milliseconds of the processor.
measure() {
  local name=$1
  shift
  { time "$@"; } 2>&1 | awk -v name="$name" '{ print name, $1 * 1000, ($2 + $3) * 1000 }'
}

for ((round = 0; round < rounds; round++)); do
  measure alone "${command[@]}"
  measure run "$program" run --enable --exporter none --quiet -- "${command[@]}"
done | sort -k1,1 -k2,2n | awk '
  { wall[$1, ++count[$1]] = $2; processor[$1] += $3 }
  function median(name) { return wall[name, int((count[name] + 1) / 2)] }
  END {
    printf "alone %.0f ms, under run %.0f ms: %.0f ms more (medians of %d)\n", median("alone"), median("run"), median("run") - median("alone"), count["run"]
    printf "processor time: %.0f ms more (mean)\n", (processor["run"] - processor["alone"]) / count["run"]
  }'
