//===- Baseline.cpp - findings that are known -----------------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/Baseline.h"
#include "driver/Failure.h"
#include "driver/WholeFile.h"
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

// Members come out in the order they are written here.
using json = nlohmann::ordered_json;

namespace perfidy {

/// Raised with every change of the shape; other versions are not read.
static constexpr int Version = 1;

static PastFinding readEntry(const json &From) {
  PastFinding Result;
  From.at("check").get_to(Result.Check);
  From.at("file").get_to(Result.File);
  From.at("function").get_to(Result.Function);
  From.at("message").get_to(Result.Message);
  From.at("count").get_to(Result.Count);
  return Result;
}

std::vector<PastFinding> readBaseline(const std::string &File) {
  const std::string HowToMake =
      "`perfidy scan --write-baseline " + File + "` makes one";
  std::ifstream In(File, std::ios::binary);
  std::string Text(std::istreambuf_iterator<char>(In), {});
  if (!In && !In.eof())
    throw Failure("there is no baseline " + File + "; " + HowToMake);
  std::vector<PastFinding> Result;
  try {
    json Whole = json::parse(Text);
    int Found = Whole.at("perfidy-baseline").get<int>();
    if (Found != Version)
      throw Failure(File + ": a baseline of version " + std::to_string(Found) +
                    ", and this perfidy reads version " +
                    std::to_string(Version) + "; " + HowToMake + " anew");
    for (const json &Each : Whole.at("findings"))
      Result.push_back(readEntry(Each));
  } catch (const json::exception &Error) {
    throw Failure(File + ": not a whole baseline: " + Error.what() + "; " +
                  HowToMake + " anew");
  }
  return Result;
}

void writeBaseline(const std::vector<PastFinding> &Found,
                   const std::string &File) {
  auto Line = [](const json &What) {
    return What.dump(-1, ' ', false, json::error_handler_t::replace);
  };
  // A line a finding: what a commit adds and removes can be read.
  std::string Text =
      "{\"perfidy-baseline\": " + std::to_string(Version) + ", \"findings\": [";
  const char *Separator = "\n";
  for (const PastFinding &Each : Found) {
    Text += Separator + Line({{"check", Each.Check},
                              {"file", Each.File},
                              {"function", Each.Function},
                              {"message", Each.Message},
                              {"count", Each.Count}});
    Separator = ",\n";
  }
  writeWhole(File, Text + "\n]}\n");
}

} // namespace perfidy
