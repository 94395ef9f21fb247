# What find_package(Perfidy) gives beside the imported targets.
#
#   perfidy_enable(TARGET... [CHECKS GLOBS] [OPTIONS clang-tidy's...])
#     Compiles the targets under clang-tidy with Perfidy's checks: findings are
#     warnings of the build. CHECKS replaces '-*,perfidy-*'; "CHECKS NONE" leaves
#     it to .clang-tidy. A target that has CXX_CLANG_TIDY already keeps its
#     command, and only loads the module in addition.
#
#   target perfidy
#     Scans what the build's compile_commands.json has: cmake --build build -t
#     perfidy. Options of `perfidy scan` are in the list PERFIDY_OPTIONS.
#
# find_package() comes before the targets, so that CMake exports their commands.

# Empty unless somebody has decided.
if("${CMAKE_EXPORT_COMPILE_COMMANDS}" STREQUAL "")
  set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
endif()

# The file of an imported target, whichever configuration it was built in.
function(_perfidy_file target result)
  get_target_property(configurations ${target} IMPORTED_CONFIGURATIONS)
  list(GET configurations 0 configuration)
  get_target_property(file ${target} IMPORTED_LOCATION_${configuration})
  set(${result} ${file} PARENT_SCOPE)
endfunction()

if(NOT TARGET perfidy)
  add_custom_target(perfidy
    COMMAND perfidy::perfidy scan -p ${CMAKE_BINARY_DIR} ${PERFIDY_OPTIONS}
    WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
    COMMENT "Looking for code that betrays performance"
    COMMAND_EXPAND_LISTS VERBATIM USES_TERMINAL)
endif()

function(perfidy_enable)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "CHECKS" "OPTIONS")
  if(NOT arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "perfidy_enable: name the targets to look at")
  endif()
  find_program(PERFIDY_CLANG_TIDY
    NAMES clang-tidy-${PERFIDY_LLVM_VERSION}
    HINTS /usr/lib/llvm-${PERFIDY_LLVM_VERSION}/bin
    DOC "The clang-tidy that can load Perfidy's module")
  if(NOT PERFIDY_CLANG_TIDY)
    message(FATAL_ERROR
      "perfidy_enable: there is no clang-tidy-${PERFIDY_LLVM_VERSION}; install "
      "it, or say with -DPERFIDY_CLANG_TIDY=... where it is")
  endif()
  if(NOT DEFINED arg_CHECKS)
    set(arg_CHECKS "-*,perfidy-*")
  endif()
  set(checks --checks=${arg_CHECKS})
  if(arg_CHECKS STREQUAL "NONE")
    set(checks)
  endif()
  _perfidy_file(perfidy::tidy module)
  foreach(target IN LISTS arg_UNPARSED_ARGUMENTS)
    if(NOT TARGET ${target})
      message(FATAL_ERROR "perfidy_enable: there is no target '${target}'")
    endif()
    get_target_property(command ${target} CXX_CLANG_TIDY)
    if(command)
      list(APPEND command --load=${module})
    else()
      set(command ${PERFIDY_CLANG_TIDY} --quiet --load=${module} ${checks})
    endif()
    list(APPEND command ${arg_OPTIONS})
    set_target_properties(${target} PROPERTIES CXX_CLANG_TIDY "${command}")
  endforeach()
endfunction()
