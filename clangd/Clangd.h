//===- Clangd.h - what is named of clangd ----------------------*- C++ -*-===//
//
// Part of Perfidy. The development package has clangd's libraries and none of
// its headers. Here stands what we name of it, as LLVM 22 declares it.
//
// A function that is extended is declared twice: `realX` is clangd's own, and
// what we define as `wrappedX` is called in its place by clangd's other object
// files (--wrap in CMakeLists.txt). Where a declaration no longer fits another
// LLVM, the linker does not find the symbol.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_CLANGD_CLANGD_H
#define PERFIDY_CLANGD_CLANGD_H

#include "clang/Frontend/CompilerInvocation.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/FunctionExtras.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/JSON.h"
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// `real` and `wrapped` of a function with the mangled name SYMBOL.
#define PERFIDY_REAL(SYMBOL) __asm__("__real_" SYMBOL)
#define PERFIDY_WRAPPED(SYMBOL) __asm__("__wrap_" SYMBOL)

namespace clang {
namespace tidy {
struct ClangTidyOptions;
}
namespace include_cleaner {
class PragmaIncludes;
}
namespace clangd {

/// tool/ClangdMain.h: all of clangd; returns the exit code.
int clangdMain(int argc, char *argv[]);

/// TidyProvider.h: fills in the options of clang-tidy for a file.
using TidyProvider = llvm::unique_function<void(tidy::ClangTidyOptions &,
                                                llvm::StringRef) const>;

/// TidyProvider.h: makes one of all: of .clang-tidy files, the .clangd file and
/// clangd's defaults.
#define PERFIDY_COMBINE                                                        \
  "_ZN5clang6clangd7combineESt6vectorIN4llvm15unique_functionIKFvRNS_4tidy16C" \
  "langTidyOptionsENS2_9StringRefEEEESaIS9_EE"
TidyProvider realCombine(std::vector<TidyProvider> Providers)
    PERFIDY_REAL(PERFIDY_COMBINE);
TidyProvider wrappedCombine(std::vector<TidyProvider> Providers)
    PERFIDY_WRAPPED(PERFIDY_COMBINE);

/// TidyProvider.h: nothing if nobody has measured the check.
std::optional<bool> realIsFastTidyCheck(llvm::StringRef Check)
    PERFIDY_REAL("_ZN5clang6clangd15isFastTidyCheckEN4llvm9StringRefE");
std::optional<bool> wrappedIsFastTidyCheck(llvm::StringRef Check)
    PERFIDY_WRAPPED("_ZN5clang6clangd15isFastTidyCheckEN4llvm9StringRefE");

/// Protocol.h.
struct CodeDescription {
  std::string href;
};

/// Protocol.h: how the struct begins. Only ever seen by reference.
struct Diagnostic {
  int Range[4];
  int severity;
  std::string code;
  std::optional<CodeDescription> codeDescription;
  std::string source;
  std::string message;
};

/// Diagnostics.h. There the callback takes the diagnostic by value, which the
/// caller of such a type does as here: it passes the address of a copy.
struct Diag;
struct Fix;
struct URIForFile;
struct ClangdDiagnosticOptions;
using DiagnosticTaker =
    llvm::function_ref<void(Diagnostic &, llvm::ArrayRef<Fix>)>;
#define PERFIDY_TO_LSP_DIAGS                                                   \
  "_ZN5clang6clangd10toLSPDiagsERKNS0_4DiagERKNS0_10URIForFileERKNS0_23Clangd" \
  "DiagnosticOptionsEN4llvm12function_refIFvNS0_10DiagnosticENSA_8ArrayRefINS" \
  "0_3FixEEEEEE"
void realToLSPDiags(const Diag &D, const URIForFile &File,
                    const ClangdDiagnosticOptions &Opts, DiagnosticTaker Out)
    PERFIDY_REAL(PERFIDY_TO_LSP_DIAGS);
void wrappedToLSPDiags(const Diag &D, const URIForFile &File,
                       const ClangdDiagnosticOptions &Opts, DiagnosticTaker Out)
    PERFIDY_WRAPPED(PERFIDY_TO_LSP_DIAGS);

/// Preamble.h: reads the headers that a file includes at its top.
class CapturedASTCtx;
struct ParseInputs;
struct PreambleBuildStats;
struct PreambleData;
using PreambleParsedCallback = std::function<void(
    CapturedASTCtx, std::shared_ptr<const include_cleaner::PragmaIncludes>)>;
#define PERFIDY_BUILD_PREAMBLE                                                 \
  "_ZN5clang6clangd13buildPreambleEN4llvm9StringRefENS_18CompilerInvocationER" \
  "KNS0_11ParseInputsEbSt8functionIFvNS0_14CapturedASTCtxESt10shared_ptrIKNS_" \
  "15include_cleaner14PragmaIncludesEEEEPNS0_18PreambleBuildStatsE"
std::shared_ptr<const PreambleData> realBuildPreamble(
    llvm::StringRef FileName, CompilerInvocation CI, const ParseInputs &Inputs,
    bool StoreInMemory, PreambleParsedCallback PreambleCallback,
    PreambleBuildStats *Stats) PERFIDY_REAL(PERFIDY_BUILD_PREAMBLE);
std::shared_ptr<const PreambleData> wrappedBuildPreamble(
    llvm::StringRef FileName, CompilerInvocation CI, const ParseInputs &Inputs,
    bool StoreInMemory, PreambleParsedCallback PreambleCallback,
    PreambleBuildStats *Stats) PERFIDY_WRAPPED(PERFIDY_BUILD_PREAMBLE);

/// Preamble.h: a preamble need not be made anew.
#define PERFIDY_IS_PREAMBLE_COMPATIBLE                                         \
  "_ZN5clang6clangd20isPreambleCompatibleERKNS0_12PreambleDataERKNS0_11ParseI" \
  "nputsEN4llvm9StringRefERKNS_18CompilerInvocationE"
bool realIsPreambleCompatible(const PreambleData &Preamble,
                              const ParseInputs &Inputs,
                              llvm::StringRef FileName,
                              const CompilerInvocation &CI)
    PERFIDY_REAL(PERFIDY_IS_PREAMBLE_COMPATIBLE);
bool wrappedIsPreambleCompatible(const PreambleData &Preamble,
                                 const ParseInputs &Inputs,
                                 llvm::StringRef FileName,
                                 const CompilerInvocation &CI)
    PERFIDY_WRAPPED(PERFIDY_IS_PREAMBLE_COMPATIBLE);

} // namespace clangd
} // namespace clang

namespace llvm::json {

/// llvm/Support/JSON.h. In clangd only JSONTransport.cpp calls it, with what the
/// client has sent.
#define PERFIDY_PARSE "_ZN4llvm4json5parseENS_9StringRefE"
Expected<Value> realParse(StringRef Text) PERFIDY_REAL(PERFIDY_PARSE);
Expected<Value> wrappedParse(StringRef Text) PERFIDY_WRAPPED(PERFIDY_PARSE);

} // namespace llvm::json

#endif // PERFIDY_CLANGD_CLANGD_H
