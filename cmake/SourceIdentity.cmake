# perfidy_source_identity(TARGET): gives TARGET a generated source that says
# which extractor and which judgement this build has, as hashes of the sources
# they are made of. What an older build has kept is then never taken for what
# this one would say, released or not.
#
# The file is also the script that writes the source while building:
# cmake -DROOT=... -DVERSION=... -DOUTPUT=... -P SourceIdentity.cmake

set(_perfidy_facts analysis/summary analysis/models analysis/extract
    analysis/store/Packed.cpp driver/Unit.cpp driver/Flags.cpp
    driver/ClangRun.cpp driver/HeaderScan.cpp driver/Precompiled.cpp
    driver/PrecompiledBuild.cpp driver/PrecompiledUse.cpp)
set(_perfidy_judgement analysis/rank analysis/link analysis/store checks)

function(_perfidy_sources result)
  set(found)
  foreach(each IN LISTS ARGN)
    if(IS_DIRECTORY ${ROOT}/${each})
      file(GLOB files ${ROOT}/${each}/*.cpp ${ROOT}/${each}/*.h
           ${ROOT}/${each}/*.def)
      list(APPEND found ${files})
    else()
      list(APPEND found ${ROOT}/${each})
    endif()
  endforeach()
  # Hosts decide nothing.
  list(FILTER found EXCLUDE REGEX "/(Module|Host|TidyAnalysis)\\.(cpp|h)$")
  list(SORT found)
  set(${result} ${found} PARENT_SCOPE)
endfunction()

function(_perfidy_hash result)
  _perfidy_sources(files ${ARGN})
  set(all)
  foreach(file IN LISTS files)
    file(SHA256 ${file} hash)
    string(APPEND all "${hash} ")
  endforeach()
  string(SHA256 hash "${all}")
  string(SUBSTRING ${hash} 0 16 hash)
  set(${result} ${hash} PARENT_SCOPE)
endfunction()

if(CMAKE_SCRIPT_MODE_FILE)
  _perfidy_hash(facts ${_perfidy_facts})
  _perfidy_hash(judgement ${_perfidy_judgement})
  file(CONFIGURE OUTPUT ${OUTPUT} @ONLY CONTENT [[
// Generated; do not edit.
#include "analysis/store/Identity.h"

std::string perfidy::factsIdentity() { return "@VERSION@ @facts@"; }
std::string perfidy::judgementIdentity() { return "@VERSION@ @facts@ @judgement@"; }
]])
  return()
endif()

set(_perfidy_identity_script ${CMAKE_CURRENT_LIST_FILE})

function(perfidy_source_identity target)
  set(ROOT ${PROJECT_SOURCE_DIR})
  _perfidy_sources(files ${_perfidy_facts} ${_perfidy_judgement})
  set(output ${CMAKE_CURRENT_BINARY_DIR}/Identity.cpp)
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DROOT=${PROJECT_SOURCE_DIR}
            "-DVERSION=${PROJECT_VERSION} LLVM ${LLVM_VERSION}"
            -DOUTPUT=${output} -P ${_perfidy_identity_script}
    DEPENDS ${files} ${_perfidy_identity_script}
    COMMENT "Naming extractor and judgement" VERBATIM)
  target_sources(${target} PRIVATE ${output})
endfunction()
