# What is installed, and the package `Perfidy` for other projects:
#
#   find_package(Perfidy)
#   perfidy::perfidy   the command, an imported executable
#   perfidy::clangd    clangd with the checks inside, an imported executable
#   perfidy::tidy      PerfidyTidy.so, an imported module: clang-tidy --load of
#                      $<TARGET_FILE:perfidy::tidy>
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
write_basic_package_version_file(
  ${PROJECT_BINARY_DIR}/PerfidyConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/PerfidyConfig.cmake
              ${PROJECT_BINARY_DIR}/PerfidyConfigVersion.cmake
        DESTINATION ${package_folder})
