//===- Git.cpp - asking git -----------------------------------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/Git.h"
#include "driver/Failure.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/raw_ostream.h"
#include <algorithm>

namespace perfidy {

static std::string temporary() {
  llvm::SmallString<128> Name;
  if (std::error_code Error =
          llvm::sys::fs::createTemporaryFile("perfidy-git", "", Name))
    throw Failure("cannot make a temporary file for git's answer: " +
                  Error.message());
  return Name.str().str();
}

static std::string contentOf(const std::string &File) {
  auto Text = llvm::MemoryBuffer::getFile(File);
  return Text ? (*Text)->getBuffer().str() : "";
}

Git::Git(std::string In) : Folder(std::move(In)) {
  llvm::ErrorOr<std::string> Found = llvm::sys::findProgramByName("git");
  if (!Found)
    throw Failure("what has changed git has to say, and there is no `git` in "
                  "PATH; install it");
  Program = *Found;
}

GitAnswer Git::ask(const std::vector<std::string> &What,
                   const std::string &Input) {
  std::string In = temporary(), Out = temporary(), Err = temporary();
  auto Remove = llvm::make_scope_exit([&] {
    for (const std::string &Each : {In, Out, Err})
      llvm::sys::fs::remove(Each);
  });
  {
    std::error_code Error;
    llvm::raw_fd_ostream(In, Error) << Input;
  }
  // Names as they are, not in octal.
  std::vector<llvm::StringRef> Command = {Program, "-C", Folder, "-c",
                                          "core.quotePath=false"};
  Command.insert(Command.end(), What.begin(), What.end());
  std::string Why;
  int Code = llvm::sys::ExecuteAndWait(Program, Command, std::nullopt,
                                       {In, Out, Err}, 0, 0, &Why);
  std::string Said = contentOf(Err) + Why;
  std::replace(Said.begin(), Said.end(), '\n', ' ');
  return {Code == 0, contentOf(Out), llvm::StringRef(Said).trim().str()};
}

std::string Git::demand(const std::vector<std::string> &What) {
  GitAnswer Result = ask(What);
  if (!Result.Good)
    throw Failure("git " + llvm::join(What, " ") + ", in " + Folder +
                  ", failed: " + Result.Error);
  return Result.Text;
}

std::vector<std::optional<std::string>>
Git::contents(const std::vector<std::string> &Objects) {
  std::string Input;
  for (const std::string &Each : Objects)
    // One with a line break cannot be asked for; "-" is never there.
    Input += (Each.find('\n') == Each.npos ? Each : "-") + '\n';
  GitAnswer All = ask({"cat-file", "--batch"}, Input);
  llvm::StringRef Rest = All.Text;
  std::vector<std::optional<std::string>> Result;
  for (size_t I = 0; I < Objects.size(); ++I) {
    auto [Head, Tail] = Rest.split('\n');
    size_t Size;
    auto [Front, Number] = Head.rsplit(' ');
    if (!Front.ends_with(" blob") || Number.getAsInteger(10, Size)) {
      Result.push_back(std::nullopt);
      Rest = Tail;
      continue;
    }
    Result.push_back(Tail.substr(0, Size).str());
    Rest = Tail.drop_front(std::min(Tail.size(), Size + 1));
  }
  return Result;
}

std::vector<std::string> gitNames(const std::string &ZeroEnded) {
  std::vector<std::string> Result;
  for (llvm::StringRef Each : llvm::split(ZeroEnded, '\0'))
    if (!Each.empty())
      Result.push_back(Each.str());
  return Result;
}

} // namespace perfidy
