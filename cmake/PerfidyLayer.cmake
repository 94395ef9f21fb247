# perfidy_layer(NAME [SOURCES files...] [EXCEPT files...] [LINK layers...]): one
# layer of the house, a static library of all sources of the folder, or of those
# named. Includes are written from the repository's root.
function(perfidy_layer name)
  cmake_parse_arguments(arg "" "" "SOURCES;EXCEPT;LINK" ${ARGN})
  if(NOT arg_SOURCES)
    file(GLOB arg_SOURCES CONFIGURE_DEPENDS RELATIVE ${CMAKE_CURRENT_SOURCE_DIR}
         *.cpp)
    list(REMOVE_ITEM arg_SOURCES ${arg_EXCEPT} "")
  endif()
  add_library(${name} STATIC ${arg_SOURCES})
  target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR})
  # libstdc++ 12 calls a function it deprecates itself, in stable_sort.
  target_compile_options(${name} PRIVATE -Wall -Wextra
    -Wno-deprecated-declarations)
  target_link_libraries(${name} PUBLIC ${arg_LINK})
endfunction()
