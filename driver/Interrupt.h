//===- Interrupt.h - Ctrl-C in the middle of it -----------------*- C++ -*-===//
//
// Part of Perfidy. A signal that asks perfidy to end is an exception at the
// next safe place, so that the store is closed, workers are gone and half
// files are removed; then it ends by that signal, as shells expect.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_INTERRUPT_H
#define PERFIDY_DRIVER_INTERRUPT_H

namespace perfidy {

/// No std::exception: nobody but main() may catch it.
struct Interrupted {
  int Signal;
};

/// From now on SIGINT, SIGTERM and SIGHUP are remembered, unless they are
/// ignored (nohup). The same signal a second time ends at once.
void noticeInterrupts();

/// Throws Interrupted if there was one. Call where waiting ends with EINTR, and
/// between long pieces of work.
void stopIfInterrupted();

/// For workers: a terminal sends Ctrl-C to all, and it is for the parent to end
/// them.
void leaveInterruptsToParent();

/// Ends this process by \p Signal.
[[noreturn]] void endBy(int Signal);

} // namespace perfidy

#endif // PERFIDY_DRIVER_INTERRUPT_H
