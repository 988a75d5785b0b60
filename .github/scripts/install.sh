#!/usr/bin/env bash
# Brings the native program of a release to the runner and puts it on the PATH of the steps that follow.
# Observing must never break a build: whatever fails here is a warning, and the job goes on without telemetry.
#
#   VERSION            the release, as 1.2.3; without it that of this action
#   REPOSITORY         the repository that this action is in; empty in some versions of the runner (actions/runner #2473)
#   DOWNLOAD           where releases lie; without it GitHub's, of that repository
#   RUNNER_OS, RUNNER_ARCH, RUNNER_TEMP, GITHUB_PATH, GITHUB_ACTION_PATH: set by GitHub
set -uo pipefail

give_up() {
  echo "::warning title=opencode-otel::$1; the job goes on without telemetry"
  exit 0
}

case "${RUNNER_OS:-}-${RUNNER_ARCH:-}" in
  Linux-X64) rid=linux-x64 ;;
  Linux-ARM64) rid=linux-arm64 ;;
  macOS-ARM64) rid=osx-arm64 ;;
  Windows-X64) rid=win-x64 ;;
  *) give_up "there is no program for ${RUNNER_OS:-this system} on ${RUNNER_ARCH:-this processor}" ;;
esac

version=${VERSION:-}
version=${version#v}
if [ -z "$version" ]; then
  version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' "$GITHUB_ACTION_PATH/Directory.Build.props")
fi

case "$version" in
  '' | *[!0-9A-Za-z.+-]*) give_up "the version is no version number" ;;
esac

base=${DOWNLOAD:-https://github.com/${REPOSITORY:-opencode-otel/opencode-otel}/releases/download}/v$version
archive=opencode-otel-$rid.tar.gz
target=${RUNNER_TEMP:?}/opencode-otel-$version
# From here on names are bare: the tar of Windows takes what stands before a colon, as in D:\, for a machine.
mkdir -p "$target" && cd "$target" || give_up "its folder could not be made"
for file in "$archive" SHA256SUMS; do
  curl -fsSL --retry 3 --connect-timeout 10 --max-time 120 -o "$file" "$base/$file" || give_up "$file of release $version could not be loaded"
done

sum=$(command -v sha256sum || true)
grep -E "^[0-9a-f]{64} [ *]$archive\$" SHA256SUMS | ${sum:-shasum -a 256} -c --quiet - >/dev/null 2>&1 ||
  { rm -f "$archive"; give_up "$archive of release $version is not what its checksum says"; }
tar -xzf "$archive" || give_up "$archive could not be unpacked"
rm -f "$archive"
echo "$target" >>"$GITHUB_PATH"
echo "opencode-otel $version is on the PATH"
