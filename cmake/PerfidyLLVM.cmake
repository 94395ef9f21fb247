# Finds LLVM and Clang of the version asked for and says how to build against
# them: perfidy_use_clang(TARGET) for code that includes clang's headers.

set(_perfidy_hint /usr/lib/llvm-${PERFIDY_LLVM_VERSION}/lib/cmake)
find_package(Clang CONFIG QUIET HINTS ${_perfidy_hint}/clang)
if(NOT Clang_FOUND)
  message(FATAL_ERROR
    "Clang ${PERFIDY_LLVM_VERSION} was not found: install "
    "libclang-${PERFIDY_LLVM_VERSION}-dev and llvm-${PERFIDY_LLVM_VERSION}-dev "
    "(scripts/deps does), or give -DClang_DIR=.../lib/cmake/clang")
endif()
if(NOT LLVM_VERSION_MAJOR EQUAL PERFIDY_LLVM_VERSION)
  message(FATAL_ERROR
    "${Clang_DIR} belongs to LLVM ${LLVM_VERSION_MAJOR}, not to the "
    "${PERFIDY_LLVM_VERSION} asked for by PERFIDY_LLVM_VERSION")
endif()

# Where clang's own headers (stddef.h ...) lie. A tool cannot work it out from
# its own place, because it is not installed beside clang.
set(PERFIDY_RESOURCE_DIR ${LLVM_INSTALL_PREFIX}/lib/clang/${LLVM_VERSION_MAJOR}
    CACHE PATH "Clang's resource directory, built into the tools")
if(NOT EXISTS ${PERFIDY_RESOURCE_DIR}/include/stddef.h)
  message(FATAL_ERROR
    "${PERFIDY_RESOURCE_DIR}/include has no stddef.h: install "
    "libclang-common-${PERFIDY_LLVM_VERSION}-dev or set PERFIDY_RESOURCE_DIR to "
    "what `clang-${PERFIDY_LLVM_VERSION} -print-resource-dir` says")
endif()

# Headers and flags only: a static layer leaves it to the program that takes it
# in to link LLVM, and the clang-tidy module finds LLVM in its host.
function(perfidy_use_clang target)
  target_include_directories(${target} SYSTEM PRIVATE
    ${LLVM_INCLUDE_DIRS} ${CLANG_INCLUDE_DIRS})
  separate_arguments(definitions NATIVE_COMMAND "${LLVM_DEFINITIONS}")
  target_compile_options(${target} PRIVATE
    ${definitions} $<$<COMPILE_LANGUAGE:CXX>:-fno-rtti> -Wno-unused-parameter)
endfunction()

# For programs: the shared libraries that distributions ship.
function(perfidy_link_clang target)
  target_link_libraries(${target} PRIVATE clang-cpp LLVM)
endfunction()
