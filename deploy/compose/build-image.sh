#!/usr/bin/env bash
# Builds the image of the docker-compose cluster on this machine, with or without a registry.
set -euo pipefail

HERE="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)"
IMAGE=longshore:local
BASE=debian:12
SOURCE=auto

# What the image needs besides Longshore itself. The second list is taken if it is there.
PACKAGES=(bash busybox-static containerd containernetworking-plugins etcd-server iproute2 libnftables1 nftables runc
  util-linux mount)
PROGRAMS=(bash containerd containerd-shim-runc-v2 ctr etcd ip mount nft nsenter runc setsid umount)
OPTIONAL_PROGRAMS=(iptables ip6tables xtables-nft-multi)
CNI_PLUGINS=/usr/lib/cni

usage() {
  cat <<USAGE
Usage: deploy/compose/build-image.sh [--image NAME] [--from pull|machine]
Builds $IMAGE for deploy/compose/docker-compose.yml.
  --image NAME     name of the image (default: $IMAGE)
  --from pull      on top of $BASE, with Debian's packages
  --from machine   from this machine's own programs (Debian packages ${PACKAGES[*]}); needs no network
  Without --from: pull, and where $BASE is neither here nor can be pulled, machine.
USAGE
}

say() { printf '%s\n' "$*" >&2; }
fail() { say "build-image.sh: $*"; exit 1; }

while [ $# -gt 0 ]; do
  case "$1" in
    --image) [ $# -ge 2 ] || fail "--image needs a name"; IMAGE="$2"; shift 2 ;;
    --from)
      case "${2:-}" in
        pull|machine) SOURCE="$2" ;;
        *) fail "--from takes pull or machine" ;;
      esac
      shift 2 ;;
    -h|--help) usage; exit 0 ;;
    *) usage >&2; fail "unknown argument '$1'" ;;
  esac
done

command -v docker >/dev/null || fail "docker is missing (Debian: apt-get install docker.io docker-compose)"
docker version >/dev/null 2>&1 || fail "no Docker daemon answers: $(docker version 2>&1 | tail -n 1)"

CONTEXT="$(mktemp -d)"
trap 'rm -rf "$CONTEXT"' EXIT

has_base() { docker image inspect "$BASE" >/dev/null 2>&1 || timeout 60 docker pull -q "$BASE" >/dev/null 2>&1; }

from_debian() {
  say "Building $IMAGE on $BASE"
  "$HERE/../distribution.sh" "$CONTEXT/distribution"
  cp "$HERE/Dockerfile" "$HERE/node-entrypoint" "$CONTEXT/"
  docker build -q -t "$IMAGE" --build-arg BASE="$BASE" "$CONTEXT" >/dev/null
}

# Copies a program, under its own name, with the shared libraries that it loads.
copy_program() {
  local program="$1" library
  copy_file "$program"
  while read -r library; do
    copy_file "$library"
  done < <(ldd "$program" 2>/dev/null | grep -oE '/[^ ]+' || true)
}

# Copies what a path leads to. Directories such as /lib may be links to those below /usr here: the image has them too.
copy_file() {
  local directory
  directory="$(readlink -f "$(dirname "$1")")"
  [ -e "$ROOT$directory/$(basename "$1")" ] && return
  mkdir -p "$ROOT$directory"
  cp -L "$1" "$ROOT$directory/$(basename "$1")"
}

find_program() { PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin" command -v "$1"; }

make_root() {
  local directory program path missing=()
  mkdir -p "$ROOT"/usr/{bin,sbin,lib,lib64} "$ROOT"/{etc,proc,sys,dev,run,tmp,root,var/lib,var/log,usr/local/bin,opt}
  ln -s /run "$ROOT/var/run"
  chmod 1777 "$ROOT/tmp"
  for directory in bin sbin lib lib64; do
    ln -s "usr/$directory" "$ROOT/$directory"
  done
  for program in "${PROGRAMS[@]}" busybox; do
    path="$(find_program "$program")" && copy_program "$path" || missing+=("$program")
  done
  [ -x "$CNI_PLUGINS/bridge" ] || missing+=("$CNI_PLUGINS/bridge")
  [ "${#missing[@]}" = 0 ] || fail "this machine lacks ${missing[*]}; install: ${PACKAGES[*]}"
  for program in "${OPTIONAL_PROGRAMS[@]}"; do
    path="$(find_program "$program")" && copy_program "$path"
  done
  for path in "$CNI_PLUGINS"/*; do
    copy_program "$path"
  done
  # The modules that iptables loads by name, and the library for ways into nftables other than the program.
  for path in /usr/lib/*/xtables/*.so /usr/lib/*/libnftables.so.1; do
    [ -e "$path" ] && copy_program "$path"
  done
  printf 'root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534:nobody:/:/bin/false\n' >"$ROOT/etc/passwd"
  printf 'root:x:0:\nnogroup:x:65534:\n' >"$ROOT/etc/group"
  printf 'hosts: files dns\n' >"$ROOT/etc/nsswitch.conf"
  cp /etc/protocols /etc/services "$ROOT/etc/" 2>/dev/null || true
}

# Busybox brings what else a shell script expects; real programs stay as they are.
link_applets() {
  local applet
  for applet in $(busybox --list); do
    [ -e "$ROOT/usr/bin/$applet" ] || [ -e "$ROOT/usr/sbin/$applet" ] || ln -s busybox "$ROOT/usr/bin/$applet"
  done
}

from_machine() {
  say "Building $IMAGE from this machine's programs"
  ROOT="$CONTEXT/root"
  make_root
  link_applets
  "$HERE/../distribution.sh" "$ROOT/opt/longshore"
  [ -d "$ROOT/opt/longshore/runtime" ] || fail "the image needs a Java runtime, which takes a JDK with jlink"
  for path in "$ROOT/opt/longshore/runtime/bin/java" "$ROOT"/opt/longshore/runtime/lib/server/libjvm.so; do
    copy_libraries_of "$path"
  done
  install -m 755 "$HERE/node-entrypoint" "$ROOT/usr/local/bin/node-entrypoint"
  ln -s /opt/longshore/longshore "$ROOT/usr/local/bin/longshore"
  ldconfig -r "$ROOT" 2>/dev/null || true
  local path=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
  tar -C "$ROOT" --numeric-owner --owner=0 --group=0 -c . \
    | docker import --change "ENV PATH=$path" - "$IMAGE" >/dev/null
}

# The libraries of a program that stands elsewhere in the image, its own neighbours left out.
copy_libraries_of() {
  local library
  while read -r library; do
    case "$library" in
      "$ROOT"/*) ;;
      *) copy_file "$library" ;;
    esac
  done < <(ldd "$1" | grep -oE '/[^ ]+')
}

if [ "$SOURCE" = pull ] || { [ "$SOURCE" = auto ] && has_base; }; then
  from_debian
else
  from_machine
fi
say "Built $IMAGE: $(docker image inspect -f '{{.Size}}' "$IMAGE" | awk '{printf "%d MiB", $1 / 1048576}')"
