# Sourced by the programs in bin/. Sets ROOT (the clone) and NODE (the runtime of the project), installing the packages
# where that was not done for this package-lock.json. Bash 3.2 and Node 20 are enough for it.

set -u
ROOT="$(cd -- "$(dirname -- "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd -P)" || exit 1
NODE="$ROOT/node_modules/.bin/node"
CACHE="$ROOT/.cache"
# Node keeps what it compiled of our sources there: the second start takes half the time of the first.
export NODE_COMPILE_CACHE="${NODE_COMPILE_CACHE:-$CACHE/node}"

give_up() {
  printf '%s\n' "$*" >&2
  exit 1
}

# --- what the machine must bring ---------------------------------------------------------------------------------

need_node() {
  command -v node >/dev/null 2>&1 || give_up 'Node.js is missing: install version 20 or later (https://nodejs.org).'
  local version
  version="$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null)" || version=0
  [ "$version" -ge 20 ] 2>/dev/null ||
    give_up "Node.js $(node -v 2>/dev/null) is too old: install version 20 or later (https://nodejs.org)."
  command -v npm >/dev/null 2>&1 || give_up 'npm is missing: it comes with Node.js, on Debian as the package npm.'
}

# --- packages ----------------------------------------------------------------------------------------------------

STAMP="$ROOT/node_modules/.rathaus-installed"

lock_sum() { cksum <"$ROOT/package-lock.json"; }

is_installed() {
  [ -x "$NODE" ] || return 1
  [ -f "$STAMP" ] && [ "$(cat "$STAMP")" = "$(lock_sum)" ] && return 0
  # Installed by hand with npm since the list of packages last changed.
  [ "$ROOT/node_modules/.package-lock.json" -nt "$ROOT/package-lock.json" ]
}

# Of two programs that start at once one installs and the other waits. A lock whose holder has died is taken over.
with_install_lock() {
  mkdir -p "$CACHE" 2>/dev/null || give_up "The folder $ROOT cannot be written, so its packages cannot be installed."
  local lock="$CACHE/install.lock"
  if command -v flock >/dev/null 2>&1; then
    (
      flock -n 9 || { echo 'Another program is installing the packages: waiting for it.' >&2 && flock 9; } || exit 1
      "$@"
    ) 9>"$lock.file"
    return
  fi
  local holder
  until mkdir "$lock" 2>/dev/null; do
    holder="$(cat "$lock/pid" 2>/dev/null)"
    if [ -n "$holder" ] && ! kill -0 "$holder" 2>/dev/null; then rm -rf "$lock"; fi
    sleep 1
  done
  echo "$$" >"$lock/pid"
  "$@"
  local status=$?
  rm -rf "$lock"
  return "$status"
}

install() {
  is_installed && return 0
  local log="$CACHE/install.log" npm_process seconds=0
  printf 'Installing packages (once, a minute or two) ' >&2
  (
    cd -- "$ROOT" || exit 1
    # The runtime and the database are fetched and unpacked by install scripts of their packages.
    exec npm ci --ignore-scripts=false --no-audit --no-fund --loglevel=error
    # Not even the lock is handed on: whatever an install script leaves running must not hold it.
  ) >"$log" 2>&1 9>&- &
  npm_process=$!
  trap 'kill "$npm_process" 2>/dev/null; exit 130' INT TERM
  while kill -0 "$npm_process" 2>/dev/null; do
    sleep 1
    seconds=$((seconds + 1))
    [ $((seconds % 3)) -eq 0 ] && printf '.' >&2
  done
  trap - INT TERM
  if ! wait "$npm_process"; then
    printf ' failed:\n' >&2
    tail -n 15 "$log" >&2
    give_up "npm could not install the packages (all it said is in $log): is this machine connected to the npm registry?"
  fi
  "$NODE" -e '' 2>>"$log" ||
    give_up "npm installed the packages but not the runtime (package 'node'): is there a build of Node 26 for this machine? See $log."
  lock_sum >"$STAMP"
  printf ' done (%s s)\n' "$seconds" >&2
}

if ! is_installed; then
  need_node
  with_install_lock install || exit 1
fi

# --- the program -------------------------------------------------------------------------------------------------

# Replaces this shell by a program of the project. A small nursery for new objects spares 40 MB of what would lie idle, two
# arenas of malloc instead of eight a core 16 MB (`bin/bench start` without the one or the other). Told that 512 MB is all
# there is, V8 clears 50 MB of live objects away at 80 MB and not at 120 to 200 (`bin/bench inbox`). NODE_OPTIONS of whoever
# runs the city come after it and win.
run_program() {
  # A folder of the clone, from wherever the command is called.
  export DATA_DIR="${DATA_DIR:-$ROOT/data}"
  export NODE_OPTIONS="--max-semi-space-size=8 --max-old-space-size=512 ${NODE_OPTIONS:-}"
  export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-2}"
  exec "$NODE" --disable-warning=ExperimentalWarning "$@"
}
