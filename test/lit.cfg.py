"""Shell tests: driver, checks, clang-tidy module, structure."""
import glob
import os
import shlex
import shutil
import subprocess

import lit.formats
import lit.Test

# Debian's lit lets a run pass in which a test marked XFAIL passes. A limit that
# is repaired is to be noticed (test/checks/README.md).
lit.Test.XPASS.isFailure = True

config.name = "perfidy"
config.test_format = lit.formats.ShTest(execute_external=False)
config.test_source_root = os.path.join(config.perfidy_source, "test")
# Not below a folder named test, where perfidy would keep silent.
config.test_exec_root = os.path.join(config.perfidy_build, "lit")
config.suffixes = [".test", ".cpp", ".c"]
config.excludes = ["Inputs", "unit"]


def tool(name):
    """A tool of the LLVM that perfidy is built for, or of PATH."""
    for candidate in (os.path.join(config.llvm_tools, name),
                      f"{name}-{config.llvm_major}", name):
        found = shutil.which(candidate)
        if found:
            return found
    lit_config.fatal(f"{name} of LLVM {config.llvm_major} was not found; "
                     "scripts/deps --test installs it")


perfidy = os.path.join(config.perfidy_build, "bin", "perfidy")
plugin = os.path.join(config.perfidy_build, "lib", "PerfidyTidy.so")
tidy = tool("clang-tidy")
script = os.path.join(config.test_source_root, "check-perfidy.py")
check = [config.python, script, f"--perfidy={perfidy}", f"--plugin={plugin}",
         f"--clang-tidy={tidy}", f"--clang={tool('clang++')}",
         f"--filecheck={tool('FileCheck')}"]

# For the same reason the shared sample files are used from there.
inputs = os.path.join(config.test_exec_root, "inputs")
shutil.copytree(os.path.join(config.test_source_root, "driver", "Inputs"), inputs,
                dirs_exist_ok=True)

# A repository of their own: what scans keep lies here, and not in the source's
# folder, where clang-tidy would find it.
os.makedirs(os.path.join(config.test_exec_root, ".git"), exist_ok=True)
shutil.rmtree(os.path.join(config.test_exec_root, ".perfidy"), ignore_errors=True)

# Tests that want a .clang-tidy bring one; perfidy's own is not for them.
with open(os.path.join(config.test_exec_root, ".clang-tidy"), "w", encoding="utf-8") as file:
    file.write("Checks: '-*,bugprone-integer-division,perfidy-*'\n")

# From npm, where there was a network to fetch it.
multitool = os.path.join(config.test_source_root, "sarif-multitool")
if subprocess.call([multitool, "--installed"]) == 0:
    config.available_features.add("sarif-multitool")
cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")

# Longer names first: lit replaces them in order.
config.substitutions += [
    ("%check-sarif", f"{config.python} {config.test_source_root}/check-sarif.py"),
    ("%check-json", f"{config.python} {config.test_source_root}/check-json.py"),
    ("%check", shlex.join(check)),
    ("%sarif-multitool", f"env XDG_CACHE_HOME={cache} {multitool}"),
    ("%exits", f"{config.python} {config.test_source_root}/exits.py"),
    ("%perfidy-version", config.perfidy_version),
    ("%perfidy", perfidy),
    ("%clangd", os.path.join(config.perfidy_build, "bin", "perfidy-clangd")),
    ("%tidy", f"{tidy} --load={plugin}"),
    ("%plugin", plugin),
    ("%clangxx", tool("clang++")),
    ("%clang", tool("clang")),
    ("%FileCheck", tool("FileCheck")),
    ("%split-file", tool("split-file")),
    ("%inputs", inputs),
    ("%build", config.perfidy_build),
    ("%llvm-include", config.llvm_include),
    ("%llvm-major", config.llvm_major),
    ("%apply-replacements", tool("clang-apply-replacements")),
    ("%python", config.python),
    ("%root", config.perfidy_source),
]

if shutil.which("nvim"):
    config.available_features.add("neovim")
if shutil.which("emacs") and glob.glob("/usr/share/emacs/site-lisp/elpa/eglot-*"):
    config.available_features.add("eglot")

# A host of another LLVM version, to be refused.
for version in range(14, 30):
    other = shutil.which(f"clang-tidy-{version}")
    if other and str(version) != config.llvm_major:
        config.available_features.add("other-clang-tidy")
        config.substitutions.append(("%other-tidy", other))
        break
