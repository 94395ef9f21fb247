//===- Interrupt.cpp - Ctrl-C in the middle of it -------------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/Interrupt.h"
#include <csignal>
#include <initializer_list>
#include <unistd.h>

namespace perfidy {

static constexpr std::initializer_list<int> Signals = {SIGINT, SIGTERM, SIGHUP};
static volatile std::sig_atomic_t Noticed = 0;

void noticeInterrupts() {
  struct sigaction Action = {};
  Action.sa_handler = [](int Signal) { Noticed = Signal; };
  // No SA_RESTART: what waits is to wake up.
  Action.sa_flags = int(SA_RESETHAND);
  for (int Signal : Signals) {
    struct sigaction Before;
    if (sigaction(Signal, nullptr, &Before) == 0 &&
        Before.sa_handler != SIG_IGN)
      sigaction(Signal, &Action, nullptr);
  }
}

void stopIfInterrupted() {
  if (Noticed)
    throw Interrupted{Noticed};
}

void leaveInterruptsToParent() {
  for (int Signal : Signals)
    std::signal(Signal, SIG_IGN);
}

void endBy(int Signal) {
  std::signal(Signal, SIG_DFL);
  kill(getpid(), Signal);
  constexpr int Shells = 128; // should it be blocked
  _exit(Shells + Signal);
}

} // namespace perfidy
