//===- Places.cpp - how reports name files and places ---------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/Places.h"
#include <filesystem>

namespace fs = std::filesystem;

namespace perfidy {

/// What is left of \p File below \p Folder; empty if it is not below.
static std::string_view below(std::string_view Folder, std::string_view File) {
  while (Folder.ends_with('/'))
    Folder.remove_suffix(1);
  if (File.size() <= Folder.size() + 1 || !File.starts_with(Folder) ||
      File[Folder.size()] != '/')
    return {};
  return File.substr(Folder.size() + 1);
}

std::string shorten(const std::string &File) {
  std::error_code Error;
  fs::path Here = fs::current_path(Error);
  std::string_view Rest =
      Error ? std::string_view() : below(Here.native(), File);
  return Rest.empty() ? File : std::string(Rest);
}

std::string place(const SourcePoint &Where) {
  return shorten(Where.File) + ':' + std::to_string(Where.Line) + ':' +
         std::to_string(Where.Column);
}

std::string relativeTo(const std::string &Root, const std::string &File) {
  if (std::string_view Rest = below(Root, File); !Rest.empty())
    return std::string(Rest);
  // One of them may be named through a symbolic link.
  std::error_code Error;
  std::string RealRoot = fs::weakly_canonical(Root, Error).string();
  std::string RealFile =
      Error ? "" : fs::weakly_canonical(File, Error).string();
  std::string_view Rest =
      Error ? std::string_view() : below(RealRoot, RealFile);
  return Rest.empty() ? File : std::string(Rest);
}

std::string uriPath(std::string_view Path) {
  constexpr std::string_view Plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                     "abcdefghijklmnopqrstuvwxyz"
                                     "0123456789-._~/!$&'()*+,;=@";
  constexpr char Digits[] = "0123456789ABCDEF";
  std::string Result;
  for (unsigned char C : Path) {
    if (Plain.find(char(C)) != Plain.npos)
      Result += char(C);
    else
      Result += {'%', Digits[C >> 4], Digits[C & 15]};
  }
  return Result;
}

std::string fileUri(std::string_view Path) { return "file://" + uriPath(Path); }

} // namespace perfidy
