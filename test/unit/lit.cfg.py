"""GoogleTest: what is easier asked of a function than of a command."""
import lit.formats

config.name = "perfidy-unit"
config.test_source_root = config.perfidy_unit_tests
config.test_exec_root = config.perfidy_unit_tests
config.test_format = lit.formats.GoogleTest(".", "UnitTests")
