//===- PoolWorker.cpp - a process that works for a Pool -------------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/PoolWorker.h"
#include "driver/Interrupt.h"
#include "driver/Memory.h"
#include <algorithm>
#include <cerrno>
#include <csignal>
#include <exception>
#include <fcntl.h>
#include <string>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

namespace perfidy {

static bool sendAll(int To, std::string_view Bytes) {
  while (!Bytes.empty()) {
    ssize_t Written = send(To, Bytes.data(), Bytes.size(), MSG_NOSIGNAL);
    if (Written < 0 && errno == EINTR)
      continue;
    if (Written <= 0)
      return false;
    Bytes.remove_prefix(size_t(Written));
  }
  return true;
}

template <class T> static std::string_view octetsOf(const T &Value) {
  return {reinterpret_cast<const char *>(&Value), sizeof Value};
}

bool sendFrame(int To, std::string_view Bytes) {
  uint64_t Length = Bytes.size();
  return sendAll(To, octetsOf(Length)) && sendAll(To, Bytes);
}

static bool receiveAll(int From, char *Into, size_t Length) {
  while (Length > 0) {
    ssize_t Got = read(From, Into, Length);
    if (Got < 0 && errno == EINTR)
      continue;
    if (Got <= 0)
      return false;
    Into += Got;
    Length -= size_t(Got);
  }
  return true;
}

/// False when there is nothing more to do.
static bool receiveFrame(int From, std::string &Bytes) {
  uint64_t Length;
  if (!receiveAll(From, reinterpret_cast<char *>(&Length), sizeof Length))
    return false;
  Bytes.resize(Length);
  return receiveAll(From, Bytes.data(), Length);
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
  keepFreedMemory();
}

static PoolReply answer(const Pool::Work &Does, std::string_view Request,
                        std::string &Said) {
  PoolReply Head = {};
  resetPeakMemory();
  Cost Before = costSoFar();
  try {
    Said = Does(Request);
  } catch (const std::exception &Error) {
    Said = Error.what();
    Head.Failed = true;
  }
  Head.Cpu = (costSoFar() - Before).Cpu;
  Head.Peak = peakMemory();
  Head.Length = Said.size();
  return Head;
}

[[noreturn]] void workFor(int Channel, const Pool::Work &Does) {
  settleIn();
  std::string Request, Said;
  while (receiveFrame(Channel, Request)) {
    PoolReply Head = answer(Does, Request, Said);
    if (!sendAll(Channel, octetsOf(Head)) || !sendAll(Channel, Said))
      break;
  }
  _exit(0);
}

} // namespace perfidy
