//===- Pool.cpp - work side by side, in processes of its own --------------===//
//
// Part of Perfidy.
//
// A socket between this process and each worker: eight octets that say how long
// a request is, and the request; back come a Head and the answer. See
// PoolWorker.cpp for the other end.
//
//===----------------------------------------------------------------------===//
#include "driver/Pool.h"
#include "driver/Failure.h"
#include "driver/Interrupt.h"
#include "driver/Memory.h"
#include "driver/PoolWorker.h"
#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <optional>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace perfidy {

using Clock = std::chrono::steady_clock;

struct Pool::Worker {
  enum class End { Own, TimedOut, TooLarge };
  struct Job {
    size_t Id;
    std::string Request;
    Clock::time_point Started, Deadline;
  };

  pid_t Process;
  int Channel;
  std::optional<Job> Doing = {};
  bool Worked = false; ///< it is not its first
  bool Leaves = false; ///< after what it does
  uint64_t Told = 0;   ///< CPU of what it has done, microseconds
  End Ended = End::Own;
  std::string Received = {};

  bool isWhole() const {
    PoolReply Head;
    if (Received.size() < sizeof Head)
      return false;
    std::memcpy(&Head, Received.data(), sizeof Head);
    return Received.size() >= sizeof Head + Head.Length;
  }
};

/// Where nothing is known of memory there is no limit.
static constexpr uint64_t Endless = UINT64_MAX;

/// A worker is to keep the memory that it will need again, and not what one
/// large unit took.
static constexpr uint64_t Plenty = uint64_t(512) << 20;

Pool::Pool(const Limits &Most, Work Does)
    : Most(Most), Does(std::move(Does)),
      MemoryEach(Most.Memory ? Most.Memory
                             : memoryAvailable().value_or(Endless)),
      MemoryKept(std::min(Plenty, MemoryEach / 2)), Expected(256 << 20) {}

Pool::~Pool() {
  while (!Workers.empty())
    retire(Workers.begin());
}

size_t Pool::busy() const {
  return size_t(
      std::count_if(Workers.begin(), Workers.end(),
                    [](const Worker &Each) { return Each.Doing.has_value(); }));
}

/// True if there is memory for one more beside what runs, which will grow as
/// well. A process that waits for work has some of that already, unless
/// another is to do it.
bool Pool::fits(Where In) const {
  std::optional<uint64_t> Left = memoryAvailable();
  if (!Left)
    return true;
  uint64_t Wanted = 0, Kept = 0;
  for (const Worker &Each : Workers) {
    uint64_t Grows = Expected - std::min(Expected, memoryOf(Each.Process));
    if (Each.Doing)
      Wanted += Grows;
    else if (In == Where::Any)
      Kept = std::max(Kept, Expected - Grows);
  }
  return *Left >= Wanted + Expected - Kept;
}

bool Pool::hasRoom(Where In) {
  size_t Running = busy();
  if (Running == 0)
    return true;
  if (Running >= Most.Jobs)
    return false;
  if (fits(In))
    return true;
  if (Running == Workers.size())
    return false;
  // What waits for work keeps memory that others need.
  for (Place Each = Workers.begin(); Each != Workers.end();) {
    Place This = Each++;
    if (!This->Doing)
      retire(This);
  }
  return fits(In);
}

/// A worker that waits for work, or the end. One that was killed meanwhile, by
/// a system that is short of memory, is no news.
Pool::Place Pool::unused() {
  for (Place Each = Workers.begin(); Each != Workers.end();) {
    Place This = Each++;
    if (This->Doing)
      continue;
    pollfd Ended = {This->Channel, POLLIN, 0};
    if (poll(&Ended, 1, 0) == 0)
      return This;
    retire(This);
  }
  return Workers.end();
}

Pool::Place Pool::launch() {
  int Ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, Ends) != 0)
    throw Failure(std::string("cannot make a socket: ") + std::strerror(errno));
  pid_t Process = fork();
  if (Process < 0) {
    std::string Why = std::strerror(errno);
    close(Ends[0]);
    close(Ends[1]);
    throw Failure("cannot start a process: " + Why +
                  "; fewer side by side with -j");
  }
  if (Process == 0) {
    close(Ends[0]);
    for (const Worker &Each : Workers)
      close(Each.Channel);
    workFor(Ends[1], Does);
  }
  close(Ends[1]);
  return Workers.insert(Workers.end(), Worker{Process, Ends[0]});
}

void Pool::give(Place To, size_t Id, std::string Request) {
  Clock::time_point Now = Clock::now();
  To->Doing = {Id, std::move(Request), Now,
               Now + std::chrono::seconds(Most.Timeout)};
  // If it has died, reading from it will say so.
  sendFrame(To->Channel, To->Doing->Request);
}

void Pool::start(size_t Id, std::string Request, Where In) {
  Place To = In == Where::Alone ? launch() : unused();
  if (To == Workers.end())
    To = launch();
  To->Leaves = In == Where::Alone;
  give(To, Id, std::move(Request));
}

void Pool::retire(Place Who) {
  kill(Who->Process, SIGKILL);
  close(Who->Channel);
  while (waitpid(Who->Process, nullptr, 0) < 0 && errno == EINTR)
    ;
  Workers.erase(Who);
}

void Pool::stopWhatTakesTooMuch() {
  for (Worker &Each : Workers) {
    if (!Each.Doing || Each.Ended != Worker::End::Own)
      continue;
    if (Clock::now() >= Each.Doing->Deadline)
      Each.Ended = Worker::End::TimedOut;
    else if (memoryOf(Each.Process) > MemoryEach)
      Each.Ended = Worker::End::TooLarge;
    else
      continue;
    kill(Each.Process, SIGKILL);
  }
}

static uint64_t wallSince(Clock::time_point Started) {
  return uint64_t(std::chrono::duration_cast<std::chrono::microseconds>(
                      Clock::now() - Started)
                      .count());
}

/// What a worker has said of what it was given.
Outcome Pool::answered(Worker &By) {
  PoolReply Head;
  std::memcpy(&Head, By.Received.data(), sizeof Head);
  Outcome Result;
  Result.Id = By.Doing->Id;
  Result.Spent = {Head.Cpu, wallSince(By.Doing->Started)};
  Result.Peak = Head.Peak;
  (Head.Failed ? Result.Reason : Result.Answer) =
      By.Received.substr(sizeof Head);
  Expected = std::max(Expected, Head.Peak * 1024);
  By.Told += Head.Cpu;
  By.Worked = true;
  By.Doing.reset();
  By.Received.clear();
  return Result;
}

/// Takes a worker that has died from the list. True if that is what became of
/// its work, and \p Result says how; false if it was given to another.
bool Pool::died(Place Who, Outcome &Result) {
  Worker Dead = std::move(*Who);
  Workers.erase(Who);
  close(Dead.Channel);
  int Status = 0;
  rusage Used = {};
  while (wait4(Dead.Process, &Status, 0, &Used) < 0 && errno == EINTR)
    ;
  // Whether a unit can be read must not depend on who came before it.
  if (Dead.Worked && Dead.Ended != Worker::End::TimedOut) {
    give(launch(), Dead.Doing->Id, std::move(Dead.Doing->Request));
    return false;
  }
  auto Microseconds = [](const timeval &Time) {
    return uint64_t(Time.tv_sec) * 1'000'000 + uint64_t(Time.tv_usec);
  };
  uint64_t Cpu = Microseconds(Used.ru_utime) + Microseconds(Used.ru_stime);
  Result.Id = Dead.Doing->Id;
  Result.Spent = {Cpu - std::min(Cpu, Dead.Told),
                  wallSince(Dead.Doing->Started)};
  Result.Peak = uint64_t(Used.ru_maxrss);
  Expected = std::max(Expected, Result.Peak * 1024);
  if (Dead.Ended == Worker::End::TimedOut) {
    Result.Reason = "given up after " + std::to_string(Most.Timeout) +
                    " seconds (--timeout)";
  } else if (Dead.Ended == Worker::End::TooLarge) {
    Result.Reason = "given up: it took more than " +
                    std::to_string(MemoryEach >> 20) +
                    " MB of memory (--memory)";
  } else {
    Result.Crashed = true;
    Result.Reason = WIFSIGNALED(Status) ? std::string("clang crashed: ") +
                                              strsignal(WTERMSIG(Status))
                                        : "clang ended early";
  }
  return true;
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
  std::vector<Place> Watched;
  for (Place Each = Workers.begin(); Each != Workers.end(); ++Each)
    if (Each->Doing) {
      Polled.push_back({Each->Channel, POLLIN, 0});
      Watched.push_back(Each);
    }
  if (poll(Polled.data(), Polled.size(), Patience) <= 0)
    for (pollfd &Each : Polled)
      Each.revents = 0;
  stopIfInterrupted();
  stopWhatTakesTooMuch();
  std::vector<Outcome> Ended;
  for (size_t I = 0; I < Watched.size(); ++I) {
    if (!Polled[I].revents)
      continue;
    Place Who = Watched[I];
    if (!receive(Who->Channel, Who->Received)) {
      if (Outcome Result; died(Who, Result))
        Ended.push_back(std::move(Result));
    } else if (Who->isWhole()) {
      Ended.push_back(answered(*Who));
      if (Who->Leaves || memoryOf(Who->Process) > MemoryKept)
        retire(Who);
    }
  }
  return Ended;
}

} // namespace perfidy
