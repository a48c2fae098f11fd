#!/usr/bin/env bash
# Puts together a directory that runs Longshore anywhere: the launcher, the jars, and a Java runtime of its own.
# deploy/vm/install.sh and deploy/compose/build-image.sh both start from it.
set -euo pipefail

CHECKOUT="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)"
JAVA_MAJOR=25
# What the jars need, as jdeps finds it, and what is found at run time only: elliptic curves and the log handlers.
# The application itself stays on the class path, since most of its jars are no modules.
MODULES=java.base,java.logging,java.management,java.naming,java.net.http,java.sql,java.xml,jdk.crypto.ec
MODULES+=,jdk.httpserver,jdk.jfr,jdk.management,jdk.unsupported

usage() {
  cat <<'USAGE'
Usage: deploy/distribution.sh DIRECTORY
Writes longshore, lib/, deploy/vm/ and, where a JDK with jlink is at hand, runtime/ to DIRECTORY. Builds the checkout
first if it is stale. What DIRECTORY already holds under these names is replaced.
USAGE
}

fail() { printf 'distribution.sh: %s\n' "$*" >&2; exit 1; }

# The home of a JDK of our release that can make runtimes; a Java runtime alone lacks jlink or the modules to link.
find_jdk() {
  local candidate
  for candidate in "${LONGSHORE_JAVA_HOME:-}" "${JAVA25_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/*; do
    [ -n "$candidate" ] && [ -x "$candidate/bin/jlink" ] && [ -f "$candidate/release" ] || continue
    grep -q "^JAVA_VERSION=\"$JAVA_MAJOR" "$candidate/release" || continue
    [ -d "$candidate/jmods" ] || "$candidate/bin/jlink" --help | grep -q 'from run-time image enabled' || continue
    printf '%s' "$candidate"
    return 0
  done
  return 1
}

case "${1:-}" in
  -h|--help) usage; exit 0 ;;
  ""|-*) usage >&2; exit 2 ;;
esac
[ $# = 1 ] || { usage >&2; exit 2; }
TARGET="$1"

# Any command makes the launcher build what is stale.
"$CHECKOUT/longshore" --version >/dev/null
LIB="$CHECKOUT/cli/target/dist/lib"
[ -n "$(find "$LIB" -name '*.jar' -print -quit 2>/dev/null)" ] || fail "no jars in $LIB although the build went well"

# The runtime is made once per JDK and list of modules, since it takes a while.
make_runtime() {
  local jdk="$1" made="$CHECKOUT/cli/target/runtime" key
  key="$MODULES $(cksum <"$jdk/release")"
  if [ "$(cat "$made.made-from" 2>/dev/null)" != "$key" ]; then
    printf 'Making a Java runtime (once, up to a minute)\n' >&2
    rm -rf "$made" "$made.made-from"
    "$jdk/bin/jlink" --add-modules "$MODULES" --strip-debug --no-header-files --no-man-pages --compress zip-0 \
      --output "$made"
    printf '%s\n' "$key" >"$made.made-from"
  fi
  cp -r "$made" "$TARGET/runtime"
}

mkdir -p "$TARGET/deploy"
rm -rf "$TARGET/lib" "$TARGET/runtime" "$TARGET/deploy/vm"
cp -r "$LIB" "$TARGET/lib"
if JDK="$(find_jdk)"; then
  make_runtime "$JDK"
else
  printf 'distribution.sh: no JDK %s with jlink here: the target machine needs a Java %s of its own\n' \
    "$JAVA_MAJOR" "$JAVA_MAJOR" >&2
fi
cp -r "$CHECKOUT/deploy/vm" "$TARGET/deploy/"
install -m 755 "$CHECKOUT/longshore" "$TARGET/longshore"
