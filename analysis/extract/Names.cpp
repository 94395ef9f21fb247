//===- Names.cpp - what the words of a method's name say ------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "analysis/extract/Names.h"
#include <algorithm>
#include <iterator>

namespace perfidy {

namespace {
struct VerbPair {
  const char *Adds;
  const char *Removes;
};
constexpr VerbPair Verbs[] = {
    {"add", "remove"},
    {"add", "delete"},
    {"add", "erase"},
    {"insert", "remove"},
    {"append", "remove"},
    {"push", "remove"},
    {"register", "unregister"},
    {"register", "deregister"},
    {"register", "remove"},
    {"subscribe", "unsubscribe"},
    {"attach", "detach"},
    {"connect", "disconnect"},
    {"on", "off"},
    {"on", "remove"},
    {"listen", "unlisten"},
    {"install", "uninstall"},
    {"install", "remove"},
    {"watch", "unwatch"},
    {"observe", "unobserve"},
    {"hook", "unhook"},
    {"bind", "unbind"},
    {"advise", "unadvise"},
};
} // namespace

std::vector<std::string> inverseVerbs(const std::string &Verb, bool &Adds) {
  std::vector<std::string> Result;
  Adds = std::any_of(std::begin(Verbs), std::end(Verbs),
                     [&](const VerbPair &P) { return Verb == P.Adds; });
  for (const VerbPair &P : Verbs) {
    if (Adds && Verb == P.Adds)
      Result.push_back(P.Removes);
    else if (!Adds && Verb == P.Removes)
      Result.push_back(P.Adds);
  }
  return Result;
}

bool isWeakVerb(const std::string &Verb) {
  for (const char *Weak : {"add", "insert", "append", "push", "attach",
                           "connect", "bind", "install", "register"})
    if (Verb == Weak)
      return true;
  return false;
}

bool isCollecting(const std::string &Verb) {
  return Verb == "add" || Verb == "insert" || Verb == "append" ||
         Verb == "push";
}

bool namesListener(const std::vector<std::string> &Words) {
  return std::any_of(Words.begin(), Words.end(), [](const std::string &Word) {
    for (const char *Noun :
         {"listener",     "observer",  "handler",     "callback",  "subscriber",
          "subscription", "watcher",   "delegate",    "sink",      "hook",
          "slot",         "monitor",   "notifier",    "listeners", "observers",
          "handlers",     "callbacks", "subscribers", "hooks",     "slots"})
      if (Word == Noun)
        return true;
    return false;
  });
}

} // namespace perfidy
