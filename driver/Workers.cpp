//===- Workers.cpp - translation units side by side -----------------------===//
//
// Part of Perfidy.
//
// One process a file: fork() costs a millisecond, a parse a thousand. The child
// writes one byte that says what follows ('+' packed facts, '-' a reason)
// and then that, into a pipe that the parent reads until its end.
//
//===----------------------------------------------------------------------===//
#include "driver/Workers.h"
#include "driver/Failure.h"
#include "driver/Interrupt.h"
#include "driver/Unit.h"
#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <list>
#include <numeric>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

namespace perfidy {

using Clock = std::chrono::steady_clock;

namespace {

struct Worker {
  size_t Of; ///< position of its source
  pid_t Process;
  int Pipe;
  Clock::time_point Deadline;
  bool TimedOut = false;
  std::string Received = {};
};

} // namespace

//===----------------------------------------------------------------------===//
// The child
//===----------------------------------------------------------------------===//

static void writeAll(int To, std::string_view Bytes) {
  while (!Bytes.empty()) {
    ssize_t Written = write(To, Bytes.data(), Bytes.size());
    if (Written < 0 && errno == EINTR)
      continue;
    if (Written <= 0)
      _exit(1);
    Bytes.remove_prefix(size_t(Written));
  }
}

/// Sets limits and leaves the parent's terminal alone: what clang prints when
/// it crashes helps nobody here.
static void settleIn() {
#ifdef __linux__
  prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
  leaveInterruptsToParent();
  rlimit NoCore = {0, 0};
  setrlimit(RLIMIT_CORE, &NoCore);
  rlimit Stack;
  constexpr rlim_t Deep = 64 << 20; // clang recurses over nested code
  if (getrlimit(RLIMIT_STACK, &Stack) == 0 && Stack.rlim_cur < Deep) {
    Stack.rlim_cur = std::min(Stack.rlim_max, Deep);
    setrlimit(RLIMIT_STACK, &Stack);
  }
  int Nowhere = open("/dev/null", O_RDWR);
  for (int Standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    dup2(Nowhere, Standard);
}

[[noreturn]] static void work(const Source &Of, const Models &Models, int To) {
  settleIn();
  std::string Answer;
  try {
    UnitFacts Read = readUnit(Of, Models);
    Answer = '+' + toWire(pack(Read.Summary), Read.Reads);
  } catch (const std::exception &Error) {
    Answer = std::string("-") + Error.what();
  }
  writeAll(To, Answer);
  _exit(0);
}

//===----------------------------------------------------------------------===//
// The parent
//===----------------------------------------------------------------------===//

static Worker start(size_t Of, const Source &Source, const Models &Models,
                    unsigned Timeout) {
  int Ends[2];
  if (pipe2(Ends, O_CLOEXEC) != 0)
    throw Failure(std::string("cannot make a pipe: ") + std::strerror(errno));
  pid_t Process = fork();
  if (Process < 0)
    throw Failure(std::string("cannot start a process: ") +
                  std::strerror(errno) + "; fewer side by side with -j");
  if (Process == 0) {
    close(Ends[0]);
    work(Source, Models, Ends[1]);
  }
  close(Ends[1]);
  return {Of, Process, Ends[0], Clock::now() + std::chrono::seconds(Timeout)};
}

/// Takes what has arrived; false at the end.
static bool receive(Worker &From) {
  char Buffer[65536];
  ssize_t Length = read(From.Pipe, Buffer, sizeof Buffer);
  if (Length < 0 && errno == EINTR)
    return true;
  if (Length <= 0)
    return false;
  From.Received.append(Buffer, size_t(Length));
  return true;
}

/// Waits for the worker's end and reads what it said.
static Unit finish(Worker &Done, const Source &Of, unsigned Timeout) {
  close(Done.Pipe);
  int Status = 0;
  while (waitpid(Done.Process, &Status, 0) < 0 && errno == EINTR)
    ;
  Unit Result;
  Result.File = Of.File;
  if (Done.TimedOut) {
    Result.Reason =
        "given up after " + std::to_string(Timeout) + " seconds (--timeout)";
  } else if (WIFSIGNALED(Status)) {
    Result.Reason =
        std::string("clang crashed: ") + strsignal(WTERMSIG(Status));
  } else if (Status != 0 || Done.Received.empty()) {
    Result.Reason = "clang ended early";
  } else if (Done.Received[0] == '-') {
    Result.Reason = Done.Received.substr(1);
  } else {
    std::string_view Bytes = Done.Received;
    if (fromWire(Bytes.substr(1), Result.Facts.emplace(), Result.Reads,
                 Result.Reason)) {
      Result.Reason = Result.Facts->Error;
      Result.Name = Result.Facts->digest();
    } else {
      Result.Facts.reset();
    }
  }
  return Result;
}

/// Long files first, so that none of them is left to the end when the other
/// cores have nothing to do.
static std::vector<size_t> longestFirst(const std::vector<Source> &Sources) {
  std::vector<uintmax_t> Sizes;
  for (const Source &Each : Sources) {
    std::error_code Error;
    uintmax_t Size = std::filesystem::file_size(Each.File, Error);
    Sizes.push_back(Error ? 0 : Size);
  }
  std::vector<size_t> Order(Sources.size());
  std::iota(Order.begin(), Order.end(), 0);
  std::sort(Order.begin(), Order.end(), [&](size_t A, size_t B) {
    return Sizes[A] != Sizes[B] ? Sizes[A] > Sizes[B] : A < B;
  });
  return Order;
}

/// Sleeps until a worker has something to say or its time is over.
static std::vector<pollfd> wait(const std::list<Worker> &Running) {
  std::vector<pollfd> Polled;
  auto Next = Clock::time_point::max();
  for (const Worker &Each : Running) {
    Polled.push_back({Each.Pipe, POLLIN, 0});
    if (!Each.TimedOut)
      Next = std::min(Next, Each.Deadline);
  }
  using std::chrono::milliseconds;
  auto Left = std::chrono::duration_cast<milliseconds>(Next - Clock::now());
  int Patience = Next == Clock::time_point::max()
                     ? -1
                     : int(std::clamp<int64_t>(Left.count() + 1, 0, 60'000));
  if (poll(Polled.data(), Polled.size(), Patience) <= 0)
    for (pollfd &Each : Polled)
      Each.revents = 0;
  return Polled;
}

std::vector<Unit> readUnits(const std::vector<Source> &Sources,
                            const Models &Models, unsigned Jobs,
                            unsigned Timeout,
                            const std::function<void(size_t, Unit &)> &Done) {
  resourceDirectory(); // fails once and here, not in every worker
  std::vector<Unit> Results(Sources.size());
  std::vector<size_t> Waiting = longestFirst(Sources);
  std::reverse(Waiting.begin(), Waiting.end());
  std::list<Worker> Running;
  // Left by an exception: nobody is to work on for nothing.
  struct StopAll {
    std::list<Worker> &Of;
    ~StopAll() {
      for (Worker &Each : Of) {
        kill(Each.Process, SIGKILL);
        close(Each.Pipe);
        while (waitpid(Each.Process, nullptr, 0) < 0 && errno == EINTR)
          ;
      }
    }
  } AtEnd{Running};
  while (!Waiting.empty() || !Running.empty()) {
    while (!Waiting.empty() && Running.size() < Jobs) {
      size_t Of = Waiting.back();
      Waiting.pop_back();
      Running.push_back(start(Of, Sources[Of], Models, Timeout));
    }
    std::vector<pollfd> Polled = wait(Running);
    stopIfInterrupted();
    auto Ready = Polled.begin();
    for (auto Each = Running.begin(); Each != Running.end(); ++Ready) {
      if (!Each->TimedOut && Clock::now() >= Each->Deadline) {
        Each->TimedOut = true;
        kill(Each->Process, SIGKILL);
      }
      if (!Ready->revents || receive(*Each)) {
        ++Each;
        continue;
      }
      Results[Each->Of] = finish(*Each, Sources[Each->Of], Timeout);
      size_t Of = Each->Of;
      Each = Running.erase(Each);
      Done(Of, Results[Of]);
    }
  }
  return Results;
}

} // namespace perfidy
