# What the hooks share. Sourced, in the folder of the repository that commits.

fail() {
  echo "perfidy: error: $1" >&2
  exit 2
}

# perfidy=PROGRAM: $PERFIDY, or that of PATH, or that which was built here.
find_perfidy() {
  here=$(cd "$(dirname "$0")/../.." && pwd)
  for perfidy in "${PERFIDY-}" perfidy "$here/build/bin/perfidy"; do
    [ -z "$perfidy" ] || ! command -v "$perfidy" >/dev/null || return 0
  done
  fail "perfidy is not in PATH; build it (scripts/build) and install it with \`cmake --install build\`, or say with PERFIDY=... where it is"
}

# options=, files=: one a line. Files are what pre-commit gives for types c and
# c++: what is there and has no dash before it, after the last option.
split_arguments() {
  options= files=
  for argument in "$@"; do
    case $argument in
    *.c | *.cc | *.cpp | *.cxx | *.c++ | *.C | *.h | *.hh | *.hpp | *.hxx | *.h++ | *.H | *.inl | *.ipp | *.tpp | *.txx | *.inc | *.cppm | *.ixx)
      if [ -f "$argument" ]; then
        files="$files$argument
"
        continue
      fi
      ;;
    esac
    options="$options$argument
"
  done
}

# build=: options that name the compile database, if OPTIONS do not.
need_database() {
  build=
  case "
$1" in
  *"
-p"* | *"
--build"*) return 0 ;;
  esac
  for folder in . build out cmake-build-*; do
    if [ -f "$folder/compile_commands.json" ]; then
      build="-p
$folder"
      return 0
    fi
  done
  fail "no compile database: there is no compile_commands.json in $(pwd) or its build/ folder. Make one: cmake -B build -DCMAKE_EXPORT_COMPILE_COMMANDS=ON, meson setup build, or bear -- make; or say where it is with args: [-p, FOLDER]"
}
