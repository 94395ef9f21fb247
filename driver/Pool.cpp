//===- Pool.cpp - work side by side, in processes of its own --------------===//
//
// Part of Perfidy.
//
// One process a piece of work: fork() costs a millisecond, a parse a hundred.
// The child writes one byte that says what follows ('+' an answer, '-' a
// reason) and then that, into a pipe that the parent reads until its end.
//
//===----------------------------------------------------------------------===//
#include "driver/Pool.h"
#include "driver/Failure.h"
#include "driver/Interrupt.h"
#include "driver/Memory.h"
#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

namespace perfidy {

using Clock = std::chrono::steady_clock;

struct Pool::Worker {
  enum class End { Own, TimedOut, TooLarge };
  size_t Id;
  pid_t Process;
  int Pipe;
  Clock::time_point Started, Deadline;
  End Ended = End::Own;
  std::string Received = {};
};

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

[[noreturn]] static void run(const std::function<std::string()> &Work, int To) {
  settleIn();
  std::string Said;
  try {
    Said = '+' + Work();
  } catch (const std::exception &Error) {
    Said = std::string("-") + Error.what();
  }
  writeAll(To, Said);
  _exit(0);
}

//===----------------------------------------------------------------------===//
// The parent
//===----------------------------------------------------------------------===//

/// Where nothing is known of memory there is no limit.
static constexpr uint64_t Endless = UINT64_MAX;

Pool::Pool(const Limits &Most)
    : Most(Most), MemoryEach(Most.Memory ? Most.Memory
                                         : memoryAvailable().value_or(Endless)),
      Expected(256 << 20) {}

Pool::~Pool() {
  for (Worker &Each : Running) {
    kill(Each.Process, SIGKILL);
    close(Each.Pipe);
    while (waitpid(Each.Process, nullptr, 0) < 0 && errno == EINTR)
      ;
  }
}

bool Pool::hasRoom() const {
  if (Running.empty())
    return true;
  if (Running.size() >= Most.Jobs)
    return false;
  std::optional<uint64_t> Left = memoryAvailable();
  if (!Left)
    return true;
  // What runs will grow as well.
  uint64_t Wanted = Expected;
  for (const Worker &Each : Running)
    Wanted += Expected - std::min(Expected, memoryOf(Each.Process));
  return *Left >= Wanted;
}

void Pool::start(size_t Id, const std::function<std::string()> &Work) {
  int Ends[2];
  if (pipe2(Ends, O_CLOEXEC) != 0)
    throw Failure(std::string("cannot make a pipe: ") + std::strerror(errno));
  pid_t Process = fork();
  if (Process < 0)
    throw Failure(std::string("cannot start a process: ") +
                  std::strerror(errno) + "; fewer side by side with -j");
  if (Process == 0) {
    close(Ends[0]);
    run(Work, Ends[1]);
  }
  close(Ends[1]);
  Clock::time_point Now = Clock::now();
  Running.push_back(
      {Id, Process, Ends[0], Now, Now + std::chrono::seconds(Most.Timeout)});
}

void Pool::stopWhatTakesTooMuch() {
  for (Worker &Each : Running) {
    if (Each.Ended != Worker::End::Own)
      continue;
    if (Clock::now() >= Each.Deadline)
      Each.Ended = Worker::End::TimedOut;
    else if (memoryOf(Each.Process) > MemoryEach)
      Each.Ended = Worker::End::TooLarge;
    else
      continue;
    kill(Each.Process, SIGKILL);
  }
}

/// Waits for the worker's end and says what became of it.
Outcome Pool::finish(Worker &Done) {
  close(Done.Pipe);
  int Status = 0;
  rusage Used = {};
  while (wait4(Done.Process, &Status, 0, &Used) < 0 && errno == EINTR)
    ;
  Outcome Result;
  Result.Id = Done.Id;
  auto Microseconds = [](const timeval &Time) {
    return uint64_t(Time.tv_sec) * 1'000'000 + uint64_t(Time.tv_usec);
  };
  Result.Spent.Cpu = Microseconds(Used.ru_utime) + Microseconds(Used.ru_stime);
  Result.Spent.Wall =
      uint64_t(std::chrono::duration_cast<std::chrono::microseconds>(
                   Clock::now() - Done.Started)
                   .count());
  Result.Peak = uint64_t(Used.ru_maxrss);
  Expected = std::max(Expected, Result.Peak * 1024);
  if (Done.Ended == Worker::End::TimedOut) {
    Result.Reason = "given up after " + std::to_string(Most.Timeout) +
                    " seconds (--timeout)";
  } else if (Done.Ended == Worker::End::TooLarge) {
    Result.Reason = "given up: it took more than " +
                    std::to_string(MemoryEach >> 20) +
                    " MB of memory (--memory)";
  } else if (WIFSIGNALED(Status)) {
    Result.Crashed = true;
    Result.Reason =
        std::string("clang crashed: ") + strsignal(WTERMSIG(Status));
  } else if (Status != 0 || Done.Received.empty()) {
    Result.Crashed = true;
    Result.Reason = "clang ended early";
  } else if (Done.Received[0] == '-') {
    Result.Reason = Done.Received.substr(1);
  } else {
    Result.Answer = Done.Received.substr(1);
  }
  return Result;
}

/// Takes what has arrived; false at the end.
static bool receive(int From, std::string &Into) {
  char Buffer[65536];
  ssize_t Length = read(From, Buffer, sizeof Buffer);
  if (Length < 0 && errno == EINTR)
    return true;
  if (Length <= 0)
    return false;
  Into.append(Buffer, size_t(Length));
  return true;
}

std::vector<Outcome> Pool::wait() {
  // Often enough to notice what eats memory before the machine does.
  constexpr int Patience = 100; // milliseconds
  std::vector<pollfd> Polled;
  for (const Worker &Each : Running)
    Polled.push_back({Each.Pipe, POLLIN, 0});
  if (poll(Polled.data(), Polled.size(), Patience) <= 0)
    for (pollfd &Each : Polled)
      Each.revents = 0;
  stopIfInterrupted();
  stopWhatTakesTooMuch();
  std::vector<Outcome> Ended;
  auto Ready = Polled.begin();
  for (auto Each = Running.begin(); Each != Running.end(); ++Ready) {
    if (!Ready->revents || receive(Each->Pipe, Each->Received)) {
      ++Each;
      continue;
    }
    Ended.push_back(finish(*Each));
    Each = Running.erase(Each);
  }
  return Ended;
}

} // namespace perfidy
