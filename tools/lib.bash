# What the tools share. Sourced first by each of them.
# shellcheck shell=bash disable=SC2034

set -euo pipefail
export LC_ALL=C.UTF-8

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cache=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/blindfold
logs=$root/build/logs
jobs=$(nproc)
# Where tools/dependencies puts Go where there is none.
PATH=$PATH:$cache/go-bin/go/bin
# Debian's own, where its packages (python3-pytest) are.
python=/usr/bin/python3

say() { printf '%s\n' "$*"; }

die() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 2
}

# help_asked "$@": prints the comment at the top of the tool and ends, where
# --help is the first argument.
help_asked() {
  if [[ ${1:-} == --help || ${1:-} == -h ]]; then
    sed -n '2,/^[^#]/{/^#/s/^# \{0,1\}//p}' "$0"
    exit 0
  fi
}

as_root() {
  if [[ $EUID -eq 0 ]]; then
    "$@"
  else
    sudo "$@"
  fi
}

# use_ccache NAME: a cache for one compiler and configuration. It makes a build
# quicker and is never needed.
use_ccache() {
  export CCACHE_DIR=$cache/ccache/$1 CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1
  export CCACHE_MAXSIZE=1G
  mkdir -p "$CCACHE_DIR" 2>/dev/null || export CCACHE_DISABLE=1
}

# configure NAME: the build folder build/NAME, made where it is not there yet.
configure() {
  local name=$1 compiler=g++ options=()
  case $name in
    debug) options=(--buildtype=debugoptimized) ;;
    release) options=(--buildtype=release -Dhardening=enabled) ;;
    quickstart) options=(--buildtype=release -Dtests=false) ;;
    coverage) options=(--buildtype=debug -Db_coverage=true) ;;
    sanitizers)
      compiler=clang++-19
      options=(--buildtype=debug --optimization=1 "-Db_sanitize=address,undefined"
        -Db_lundef=false -Dfuzz=true)
      ;;
    *) die "there is no configuration \"$name\": debug, release, sanitizers, coverage" ;;
  esac
  command -v "$compiler" >/dev/null || die "$compiler is missing: tools/dependencies installs it"
  use_ccache "$name-$compiler-$("$compiler" -dumpfullversion -dumpversion)"
  if [[ ! -f $root/build/$name/build.ninja ]]; then
    # Meson looks for ccache by itself only where no compiler is named.
    command -v ccache >/dev/null && compiler="ccache $compiler"
    CXX=$compiler meson setup "$root/build/$name" "$root" "${options[@]}"
  fi
}

# build NAME [TARGET...]
build() {
  local name=$1
  shift
  configure "$name"
  ninja -C "$root/build/$name" -j "$jobs" "$@"
}

# count KIND FILE: adds the test cases of FILE to the stage's count.
count() {
  "$python" "$root/tools/support/count.py" "$@" >>"${BLINDFOLD_COUNT:-/dev/null}"
}

# run_meson_tests CONFIGURATION: everything but the lints of the style stage.
run_meson_tests() {
  local name=$1 status=0 logged=$root/build/$1/meson-logs/testlog.json
  rm -f "$logged"
  meson test -C "$root/build/$name" --no-rebuild --no-suite lint --print-errorlogs || status=1
  count meson "$logged"
  return "$status"
}

# run_end_to_end CONFIGURATION
run_end_to_end() {
  local name=$1 status=0 results=$logs/end-to-end-$1.xml
  rm -f "$results"
  # They mount, change users and read the agent's memory.
  as_root env PATH="$PATH" BLINDFOLD_AGENT="$root/build/$name/src/app/agent" \
    "$python" -m pytest "$root/tests/end_to_end" --verbose --junitxml="$results" || status=1
  count junit "$results"
  return "$status"
}
