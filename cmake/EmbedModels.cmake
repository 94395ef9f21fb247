# perfidy_embed_models(TARGET FOLDER): gives TARGET a generated source with
# FOLDER's *.json in it.
#
# perfidy_validate_models(TOOL FOLDER): part of every build; TOOL says what is
# wrong with a model and the build stops.
#
# The file is also the script that writes the source while building:
# cmake -DFOLDER=... -DOUTPUT=... -P EmbedModels.cmake

if(CMAKE_SCRIPT_MODE_FILE)
  file(GLOB files ${FOLDER}/*.json)
  list(SORT files)
  set(source "// Generated from ${FOLDER}; do not edit.\n"
      "#include \"analysis/models/Embedded.h\"\n\n"
      "const std::vector<perfidy::EmbeddedPart> &perfidy::embeddedParts() {\n"
      "  static const std::vector<EmbeddedPart> Parts = {\n")
  string(CONCAT source ${source})
  foreach(file IN LISTS files)
    get_filename_component(name ${file} NAME)
    file(READ ${file} text)
    string(LENGTH "${text}" length)
    set(at 0)
    # ISO C++ asks compilers for literals of 65536 characters.
    while(at LESS length)
      string(SUBSTRING "${text}" ${at} 16000 part)
      string(APPEND source "{\"${name}\", R\"model(${part})model\"},\n")
      math(EXPR at "${at} + 16000")
    endwhile()
  endforeach()
  string(APPEND source "};\n  return Parts;\n}\n")
  file(WRITE ${OUTPUT} "${source}")
  return()
endif()

set(_perfidy_embed_script ${CMAKE_CURRENT_LIST_FILE})

function(perfidy_embed_models target folder)
  file(GLOB files CONFIGURE_DEPENDS ${folder}/*.json)
  set(output ${CMAKE_CURRENT_BINARY_DIR}/EmbeddedModels.cpp)
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DFOLDER=${folder} -DOUTPUT=${output}
            -P ${_perfidy_embed_script}
    DEPENDS ${files} ${_perfidy_embed_script}
    COMMENT "Embedding the API models" VERBATIM)
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
