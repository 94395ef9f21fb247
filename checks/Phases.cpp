//===- Phases.cpp - methods that begin and end a phase of life ------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "checks/Phases.h"
#include "analysis/summary/Words.h"
#include <vector>

namespace perfidy {

namespace {

struct Phase {
  const char *Begins;
  const char *Ends;
};

constexpr Phase Phases[] = {
    {"start", "stop"},
    {"start", "finish"},
    {"start", "end"},
    {"start", "shutdown"},
    {"run", "stop"},
    {"attach", "detach"},
    {"open", "close"},
    {"init", "deinit"},
    {"init", "cleanup"},
    {"init", "shutdown"},
    {"init", "destroy"},
    {"init", "fini"},
    {"init", "release"},
    {"init", "dispose"},
    {"init", "uninit"},
    {"init", "exit"},
    {"initialize", "shutdown"},
    {"initialize", "finalize"},
    {"initialize", "deinitialize"},
    {"initialize", "cleanup"},
    {"initialize", "dispose"},
    {"initialize", "destroy"},
    {"initialize", "uninitialize"},
    {"connect", "disconnect"},
    {"enable", "disable"},
    {"subscribe", "unsubscribe"},
    {"register", "unregister"},
    {"register", "deregister"},
    {"show", "hide"},
    {"activate", "deactivate"},
    {"begin", "end"},
    {"load", "unload"},
    {"enter", "leave"},
    {"enter", "exit"},
    {"join", "leave"},
    {"add", "remove"},
    {"added", "removed"},
    {"setup", "teardown"},
    {"setup", "cleanup"},
    {"create", "destroy"},
    {"mount", "unmount"},
    {"install", "uninstall"},
    {"install", "remove"},
    {"resume", "pause"},
    {"resume", "suspend"},
    {"login", "logout"},
    {"acquire", "release"},
    {"arm", "disarm"},
    {"watch", "unwatch"},
    {"bind", "unbind"},
    {"listen", "unlisten"},
    {"attached", "detached"},
    {"shown", "hidden"},
    {"opened", "closed"},
    {"connected", "disconnected"},
    {"started", "stopped"},
    {"entered", "left"},
    {"set", "clear"},
    {"set", "unset"},
    {"set", "reset"},
    {"hook", "unhook"},
    {"observe", "unobserve"},
    {"on", "off"},
    {"push", "pop"},
};

} // namespace

bool inverts(const std::string &Ends, const std::string &Begins) {
  std::vector<std::string> E = wordsOf(Ends), B = wordsOf(Begins);
  // "setUp" and "tearDown" are one word in two.
  auto Join = [](std::vector<std::string> &Of) {
    for (size_t I = 0; I + 1 < Of.size(); ++I)
      if ((Of[I] == "set" && Of[I + 1] == "up") ||
          (Of[I] == "tear" && Of[I + 1] == "down") ||
          (Of[I] == "shut" && Of[I + 1] == "down") ||
          (Of[I] == "clean" && Of[I + 1] == "up")) {
        Of[I] += Of[I + 1];
        Of.erase(Of.begin() + static_cast<long>(I) + 1);
      }
  };
  Join(E);
  Join(B);
  for (size_t I = 0; I < B.size(); ++I)
    for (const Phase &P : Phases) {
      if (B[I] != P.Begins)
        continue;
      for (size_t J = 0; J < E.size(); ++J) {
        if (E[J] != P.Ends)
          continue;
        // The rest of the names agrees, or one has none.
        std::vector<std::string> RestB = B, RestE = E;
        RestB.erase(RestB.begin() + static_cast<long>(I));
        RestE.erase(RestE.begin() + static_cast<long>(J));
        if (RestB == RestE || RestB.empty() || RestE.empty())
          return true;
      }
    }
  return false;
}

bool isSetter(const std::string &Name) {
  std::vector<std::string> Words = wordsOf(Name);
  return Words.size() > 1 && (Words[0] == "set" || Words[0] == "change" ||
                              Words[0] == "replace" || Words[0] == "switch");
}

} // namespace perfidy
