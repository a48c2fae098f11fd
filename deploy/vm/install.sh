#!/usr/bin/env bash
# Installs one component of Longshore as a systemd service, from a checkout or from an unpacked distribution.
set -euo pipefail

HERE="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)"
SOURCE="$(cd "$HERE/../.." && pwd)"
COMPONENTS=(apiserver scheduler controller-manager agent)
PREFIX=/opt/longshore
KEPT_RELEASES=3
ROOT=

usage() {
  cat <<'USAGE'
Usage: install.sh [--prefix DIR] [--root DIR] COMPONENT ARGUMENT...
       install.sh [--prefix DIR] [--root DIR] --uninstall COMPONENT

COMPONENT is apiserver, scheduler, controller-manager or agent. Copies Longshore with a Java runtime to /opt/longshore,
installs the service longshore-COMPONENT, and writes the arguments to /etc/longshore/COMPONENT.env. Safe to repeat:
a running service is restarted with what is new; without arguments it keeps those that it has.

  apiserver           --pki-dir DIR --store URL,...
  scheduler           --pki-dir DIR --api HOST:6444,...
  controller-manager  --pki-dir DIR --api HOST:6444,...
  agent               --pki-dir DIR --api HOST:6444,... --node-name NAME --data-dir DIR
'longshore COMPONENT --help' explains these and lists the others.

  --prefix DIR  where the program goes (default: /opt/longshore)
  --root DIR    install below DIR in place of /, and leave systemd alone (for images and tests)
  --uninstall   stop and remove the service; for the agent also its pods, network and data. The program goes with the
                last component. Certificates stay.
USAGE
}

say() { printf '%s\n' "$*"; }
fail() { printf 'install.sh: %s\n' "$*" >&2; exit 1; }
wrong() { printf 'install.sh: %s\n' "$*" >&2; printf "Try 'install.sh --help'.\n" >&2; exit 2; }

UNINSTALL=no
COMPONENT=
while [ $# -gt 0 ] && [ -z "$COMPONENT" ]; do
  case "$1" in
    -h|--help) usage; exit 0 ;;
    --prefix|--root)
      case "${2:-}" in
        /*) ;;
        *) wrong "$1 needs an absolute path" ;;
      esac
      if [ "$1" = --prefix ]; then PREFIX="$2"; else ROOT="${2%/}"; fi
      shift 2 ;;
    --uninstall) UNINSTALL=yes; shift ;;
    -*) wrong "unknown option '$1'" ;;
    *) COMPONENT="$1"; shift ;;
  esac
done
[ -n "$COMPONENT" ] || wrong "which component? One of: ${COMPONENTS[*]}"
[[ " ${COMPONENTS[*]} " == *" $COMPONENT "* ]] || wrong "unknown component '$COMPONENT'; there are: ${COMPONENTS[*]}"
[ "$(id -u)" = 0 ] || fail "needs root: it writes $ROOT/etc/longshore and installs a service"

PROGRAM="$ROOT$PREFIX"
ETC="$ROOT/etc/longshore"
UNIT="longshore-$COMPONENT.service"
UNITS="$ROOT/etc/systemd/system"
ENVIRONMENT="$ETC/$COMPONENT.env"

systemd_runs() { [ -z "$ROOT" ] && [ -d /run/systemd/system ]; }

# The value that follows an option among the arguments, also as --option=value; fails where it is missing.
value_of() {
  local option="$1" previous=
  shift
  for argument in "$@"; do
    case "$argument" in
      "$option"=*) printf '%s' "${argument#*=}"; return 0 ;;
    esac
    [ "$previous" = "$option" ] && { printf '%s' "$argument"; return 0; }
    previous="$argument"
  done
  return 1
}

required_options() {
  case "$COMPONENT" in
    apiserver) say --pki-dir --store ;;
    scheduler|controller-manager) say --pki-dir --api ;;
    agent) say --pki-dir --api --node-name --data-dir ;;
  esac
}

# The unit splits the arguments at blanks, so there is no place for quoting.
check_arguments() {
  local argument option value allowed='^[][A-Za-z0-9_./:,=@%+-]+$'
  for argument in "$@"; do
    [[ "$argument" =~ $allowed ]] \
      || fail "the argument '$argument' has a character that a service's arguments cannot have"
  done
  for option in $(required_options); do
    value="$(value_of "$option" "$@")" && [ -n "$value" ] || wrong "$COMPONENT needs $option"
    case "$option,$value" in
      *,--*) wrong "$option needs a value" ;;
      --*-dir,/*) ;;
      --*-dir,*) wrong "$option needs an absolute path: a service has no current directory" ;;
    esac
  done
}

# Asks the program itself, so that a misspelt option shows now and not in the journal.
check_options() {
  local help argument
  help="$("$PROGRAM/longshore" "$COMPONENT" --help)"
  for argument in "$@"; do
    case "$argument" in
      --*)
        grep -qE -- "(^|[^a-z-])${argument%%=*}($|[^a-z-])" <<<"$help" \
          || fail "$COMPONENT has no option ${argument%%=*}" ;;
    esac
  done
}

# Each build gets a directory of its own and the launcher becomes a link to it: what runs keeps the jars that it
# started with until it is restarted.
copy_program() {
  local staging="$PROGRAM/releases/.new" part release
  rm -rf "$staging"
  mkdir -p "$staging"
  if [ -f "$SOURCE/pom.xml" ]; then
    "$SOURCE/deploy/distribution.sh" "$staging"
  else
    [ -d "$SOURCE/lib" ] || fail "$SOURCE is neither a checkout nor a distribution of Longshore"
    for part in longshore lib runtime deploy; do
      [ ! -e "$SOURCE/$part" ] || cp -r "$SOURCE/$part" "$staging/$part"
    done
  fi
  release="$(cd "$staging" && find . -type f -exec cksum {} + | sort | cksum | cut -d ' ' -f 1)"
  if [ -d "$PROGRAM/releases/$release" ]; then
    rm -rf "$staging"
  else
    mv "$staging" "$PROGRAM/releases/$release"
  fi
  touch "$PROGRAM/releases/$release"
  ln -sfn "releases/$release/longshore" "$PROGRAM/longshore.new"
  mv -T "$PROGRAM/longshore.new" "$PROGRAM/longshore"
  prune_releases
}

# The newest ones stay: other components of this machine may still run the one before.
prune_releases() {
  local old
  while read -r old; do
    rm -rf "${PROGRAM:?}/releases/$old"
  done < <(ls -t "$PROGRAM/releases" | tail -n "+$((KEPT_RELEASES + 1))")
}

write_environment() {
  local kept
  # What an administrator added stays.
  kept="$(grep -v -e '^LONGSHORE_ARGS=' -e '^#' "$ENVIRONMENT" 2>/dev/null || true)"
  {
    say "# Written by install.sh. LONGSHORE_JAVA_OPTS=-Xmx1g, for example, may be added and is kept."
    say "LONGSHORE_ARGS=\"$*\""
    [ -z "$kept" ] || say "$kept"
  } >"$ENVIRONMENT.new"
  mv "$ENVIRONMENT.new" "$ENVIRONMENT"
}

install_component() {
  if [ $# -gt 0 ]; then
    check_arguments "$@"
  elif [ ! -f "$ENVIRONMENT" ]; then
    wrong "$COMPONENT needs arguments: $(required_options | tr '\n' ' ')"
  fi
  copy_program
  mkdir -p "$ETC" "$UNITS"
  if [ $# -gt 0 ]; then
    check_options "$@"
    write_environment "$@"
    local pki
    pki="$(value_of --pki-dir "$@")"
    [ -e "$pki/ca.crt" ] || say "Note: $pki/ca.crt is not there yet; copy the certificates before the service starts."
  fi
  sed "s|/opt/longshore|$PREFIX|" "$HERE/$UNIT" >"$UNITS/$UNIT"
  say "Installed $UNITS/$UNIT, arguments in $ENVIRONMENT."
  if systemd_runs; then
    systemctl daemon-reload
    systemctl -q enable "$UNIT"
    systemctl try-restart "$UNIT"
    systemctl -q is-active "$UNIT" || say "Start it with: systemctl start $UNIT"
  else
    say "systemd does not run here: nothing was enabled or started."
  fi
}

uninstall_component() {
  local arguments=() data
  if systemd_runs && [ -f "$UNITS/$UNIT" ]; then
    systemctl -q disable --now "$UNIT"
  fi
  if [ "$COMPONENT" = agent ] && [ -f "$ENVIRONMENT" ]; then
    read -r -a arguments <<<"$(sed -n 's/^LONGSHORE_ARGS="\(.*\)"$/\1/p' "$ENVIRONMENT")"
    data="$(value_of --data-dir "${arguments[@]}")"
    [ ! -d "$data" ] || "$PROGRAM/longshore" agent --purge --data-dir "$data"
  fi
  rm -f "$UNITS/$UNIT" "$ENVIRONMENT"
  if systemd_runs; then
    systemctl daemon-reload
  fi
  if ! compgen -G "$UNITS/longshore-*.service" >/dev/null; then
    rm -rf "${PROGRAM:?}/releases" "$PROGRAM/longshore"
    rmdir "$PROGRAM" "$ETC" 2>/dev/null || true
  fi
  say "Removed $UNIT."
}

if [ "$UNINSTALL" = yes ]; then
  [ $# = 0 ] || wrong "--uninstall takes a component only"
  uninstall_component
else
  install_component "$@"
fi
