# What is installed, and the package `Perfidy` for other projects:
#
#   find_package(Perfidy)
#   perfidy::perfidy   the command, an imported executable
#   perfidy::clangd    clangd with the checks inside, an imported executable
#   perfidy::tidy      PerfidyTidy.so, an imported module: clang-tidy --load of
#                      $<TARGET_FILE:perfidy::tidy>
#   and what PerfidyEnable.cmake says
include(CMakePackageConfigHelpers)

set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/Perfidy)

install(TARGETS perfidy EXPORT PerfidyTargets
        RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS PerfidyTidy EXPORT PerfidyTargets
        LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(TARGETS perfidy-clangd EXPORT PerfidyTargets
        RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
set_target_properties(perfidy-clangd PROPERTIES EXPORT_NAME clangd)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE
        DESTINATION ${CMAKE_INSTALL_DOCDIR})
# What perfidy-clangd links its diagnostics to.
install(DIRECTORY ${PROJECT_SOURCE_DIR}/docs/checks
        DESTINATION ${CMAKE_INSTALL_DOCDIR} FILES_MATCHING PATTERN *.md)

# The module's target is PerfidyTidy here and perfidy::tidy outside.
set_target_properties(PerfidyTidy PROPERTIES EXPORT_NAME tidy)
install(EXPORT PerfidyTargets NAMESPACE perfidy:: DESTINATION ${package_folder})
export(EXPORT PerfidyTargets NAMESPACE perfidy::
       FILE ${PROJECT_BINARY_DIR}/PerfidyTargets.cmake)

configure_package_config_file(
  ${CMAKE_CURRENT_LIST_DIR}/PerfidyConfig.cmake.in
  ${PROJECT_BINARY_DIR}/PerfidyConfig.cmake
  INSTALL_DESTINATION ${package_folder}
  NO_SET_AND_CHECK_MACRO)
# The build folder is a package too.
configure_file(${CMAKE_CURRENT_LIST_DIR}/PerfidyEnable.cmake
               ${PROJECT_BINARY_DIR}/PerfidyEnable.cmake COPYONLY)
write_basic_package_version_file(
  ${PROJECT_BINARY_DIR}/PerfidyConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/PerfidyConfig.cmake
              ${PROJECT_BINARY_DIR}/PerfidyConfigVersion.cmake
              ${CMAKE_CURRENT_LIST_DIR}/PerfidyEnable.cmake
        DESTINATION ${package_folder})

# Written by the program itself, from the same words as its --help.
set(generated ${PROJECT_BINARY_DIR}/generated)
file(MAKE_DIRECTORY ${generated})
function(perfidy_prints file)
  add_custom_command(OUTPUT ${generated}/${file}
    COMMAND perfidy ${ARGN} > ${generated}/${file}
    DEPENDS perfidy VERBATIM)
  set(printed ${printed} ${generated}/${file} PARENT_SCOPE)
endfunction()
perfidy_prints(perfidy.1 man)
perfidy_prints(perfidy.bash completion bash)
perfidy_prints(_perfidy completion zsh)
perfidy_prints(perfidy.fish completion fish)
add_custom_target(perfidy-pages ALL DEPENDS ${printed})
install(FILES ${generated}/perfidy.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${generated}/perfidy.bash RENAME perfidy
        DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES ${generated}/_perfidy
        DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
install(FILES ${generated}/perfidy.fish
        DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
