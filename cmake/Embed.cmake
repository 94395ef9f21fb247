# perfidy_embed(TARGET FUNCTION FOLDER PATTERN): gives TARGET a generated source
# with those of FOLDER's files in it that fit PATTERN; the function
# perfidy::FUNCTION of analysis/models/Embedded.h's kind returns them.
#
# perfidy_validate_models(TOOL FOLDER): part of every build; TOOL says what is
# wrong with a model and the build stops.
#
# The file is also the script that writes the source while building:
# cmake -DFOLDER=... -DPATTERN=... -DFUNCTION=... -DOUTPUT=... -P Embed.cmake

if(CMAKE_SCRIPT_MODE_FILE)
  file(GLOB files ${FOLDER}/${PATTERN})
  list(SORT files)
  set(source "// Generated from ${FOLDER}; do not edit.\n"
      "#include \"analysis/models/Embedded.h\"\n\n"
      "const perfidy::EmbeddedParts &perfidy::${FUNCTION}() {\n"
      "  static const EmbeddedParts Parts = {\n")
  string(CONCAT source ${source})
  foreach(file IN LISTS files)
    get_filename_component(name ${file} NAME)
    file(READ ${file} text)
    string(LENGTH "${text}" length)
    set(at 0)
    # ISO C++ asks compilers for literals of 65536 characters. Cut between
    # lines: half a character of UTF-8 would not be a literal.
    while(at LESS length)
      string(SUBSTRING "${text}" ${at} 16000 part)
      string(FIND "${part}" "\n" last REVERSE)
      math(EXPR size "${last} + 1")
      if(size GREATER 0)
        string(SUBSTRING "${part}" 0 ${size} part)
      else()
        set(size 16000)
      endif()
      string(APPEND source "{\"${name}\", R\"embedded(${part})embedded\"},\n")
      math(EXPR at "${at} + ${size}")
    endwhile()
  endforeach()
  string(APPEND source "};\n  return Parts;\n}\n")
  file(WRITE ${OUTPUT} "${source}")
  return()
endif()

set(_perfidy_embed_script ${CMAKE_CURRENT_LIST_FILE})

function(perfidy_embed target function folder pattern)
  file(GLOB files CONFIGURE_DEPENDS ${folder}/${pattern})
  set(output ${CMAKE_CURRENT_BINARY_DIR}/${function}.cpp)
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DFOLDER=${folder} -DPATTERN=${pattern}
            -DFUNCTION=${function} -DOUTPUT=${output}
            -P ${_perfidy_embed_script}
    DEPENDS ${files} ${_perfidy_embed_script}
    COMMENT "Embedding ${pattern} of ${folder}" VERBATIM)
  target_sources(${target} PRIVATE ${output})
endfunction()

function(perfidy_validate_models tool folder)
  file(GLOB files CONFIGURE_DEPENDS ${folder}/*.json)
  list(FILTER files EXCLUDE REGEX "/schema\\.json$")
  set(stamp ${CMAKE_CURRENT_BINARY_DIR}/models.valid)
  add_custom_command(
    OUTPUT ${stamp}
    COMMAND ${tool} ${files}
    COMMAND ${CMAKE_COMMAND} -E touch ${stamp}
    DEPENDS ${tool} ${files}
    COMMENT "Checking the API models" VERBATIM)
  add_custom_target(perfidy-models-valid ALL DEPENDS ${stamp})
endfunction()
