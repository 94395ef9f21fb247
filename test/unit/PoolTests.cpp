//===- PoolTests.cpp - what becomes of work that ends badly ---------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "driver/Failure.h"
#include "driver/Pool.h"
#include <chrono>
#include <csignal>
#include <gtest/gtest.h>
#include <map>
#include <thread>
#include <unistd.h>

using namespace perfidy;

namespace {

/// Does what it is told, and counts how often it was asked.
struct Obedient {
  int Times = 0;

  std::string operator()(std::string_view Request) {
    ++Times;
    if (Request == "who")
      return std::to_string(getpid());
    if (Request == "how often")
      return std::to_string(Times);
    if (Request == "throw")
      throw Failure("it was told to");
    if (Request == "crash" || (Request == "crash later" && Times > 1))
      raise(SIGKILL);
    if (Request == "sleep")
      std::this_thread::sleep_for(std::chrono::seconds(60));
    if (Request == "eat") {
      std::string All(size_t(400) << 20, 'x');
      std::this_thread::sleep_for(std::chrono::seconds(60));
      return All.substr(0, 1);
    }
    return std::string(Request);
  }
};

Limits limits(unsigned Jobs, unsigned Timeout = 300, uint64_t Memory = 0) {
  Limits Result;
  Result.Jobs = Jobs;
  Result.Timeout = Timeout;
  Result.Memory = Memory;
  return Result;
}

Outcome ask(Pool &Workers, std::string Request,
            Pool::Where In = Pool::Where::Any) {
  Workers.start(7, std::move(Request), In);
  std::vector<Outcome> Ended;
  while (Ended.empty())
    Ended = Workers.wait();
  EXPECT_EQ(1u, Ended.size());
  EXPECT_EQ(7u, Ended.front().Id);
  EXPECT_TRUE(Workers.idle());
  return Ended.front();
}

} // namespace

TEST(Pool, AProcessLivesForManyPiecesOfWork) {
  Pool Workers(limits(1), Obedient());
  Outcome First = ask(Workers, "who");
  EXPECT_EQ("", First.Reason);
  EXPECT_NE(std::to_string(getpid()), First.Answer);
  EXPECT_EQ(First.Answer, ask(Workers, "who").Answer);
  EXPECT_EQ("3", ask(Workers, "how often").Answer);
}

TEST(Pool, WhatIsThrownIsTheReasonAndTheProcessStays) {
  Pool Workers(limits(1), Obedient());
  std::string Who = ask(Workers, "who").Answer;
  Outcome Thrown = ask(Workers, "throw");
  EXPECT_EQ("it was told to", Thrown.Reason);
  EXPECT_FALSE(Thrown.Crashed);
  EXPECT_EQ(Who, ask(Workers, "who").Answer);
}

TEST(Pool, ACrashIsOfOnePieceOfWork) {
  Pool Workers(limits(1), Obedient());
  std::string Who = ask(Workers, "who").Answer;
  Outcome Crashed = ask(Workers, "crash");
  EXPECT_TRUE(Crashed.Crashed);
  EXPECT_NE(std::string::npos, Crashed.Reason.find("crashed"));
  Outcome After = ask(Workers, "who");
  EXPECT_EQ("", After.Reason);
  EXPECT_NE(Who, After.Answer);
}

TEST(Pool, WhatOnlyAUsedProcessCannotDoANewOneDoes) {
  Pool Workers(limits(1), Obedient());
  ask(Workers, "who");
  Outcome Later = ask(Workers, "crash later");
  EXPECT_EQ("", Later.Reason);
  EXPECT_EQ("crash later", Later.Answer);
}

TEST(Pool, AProcessOfItsOwn) {
  Pool Workers(limits(1), Obedient());
  std::string Who = ask(Workers, "who").Answer;
  std::string Alone = ask(Workers, "who", Pool::Where::Alone).Answer;
  EXPECT_NE(Who, Alone);
  EXPECT_EQ(Who, ask(Workers, "who").Answer);
  EXPECT_NE(Alone, ask(Workers, "who", Pool::Where::Alone).Answer);
}

TEST(Pool, WhatCrashesAloneIsNotTriedAgain) {
  Pool Workers(limits(1), Obedient());
  EXPECT_TRUE(ask(Workers, "crash", Pool::Where::Alone).Crashed);
  EXPECT_EQ("after", ask(Workers, "after").Answer);
}

TEST(Pool, LongRequestsAndAnswers) {
  Pool Workers(limits(1), Obedient());
  for (size_t Length : {size_t(0), size_t(1) << 20, size_t(65536)})
    EXPECT_EQ(std::string(Length, 'r'),
              ask(Workers, std::string(Length, 'r')).Answer);
}

TEST(Pool, WhatTakesTooLongIsStopped) {
  Pool Workers(limits(1, /*Timeout=*/1), Obedient());
  ask(Workers, "who");
  Outcome Late = ask(Workers, "sleep");
  EXPECT_EQ("given up after 1 seconds (--timeout)", Late.Reason);
  EXPECT_FALSE(Late.Crashed);
}

TEST(Pool, WhatTakesTooMuchIsStopped) {
  Pool Workers(limits(1, 300, uint64_t(200) << 20), Obedient());
  Outcome Large = ask(Workers, "eat");
  EXPECT_EQ("given up: it took more than 200 MB of memory (--memory)",
            Large.Reason);
}

TEST(Pool, AWorkerThatIsKilledWhileItWaitsIsNoNews) {
  Pool Workers(limits(1), Obedient());
  std::string Who = ask(Workers, "who").Answer;
  kill(std::stoi(Who), SIGKILL);
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  Outcome After = ask(Workers, "who");
  EXPECT_EQ("", After.Reason);
  EXPECT_NE(Who, After.Answer);
}

TEST(Pool, AsManyAsAllowed) {
  Pool Workers(limits(2), Obedient());
  EXPECT_TRUE(Workers.hasRoom());
  Workers.start(0, "who");
  Workers.start(1, "who");
  EXPECT_FALSE(Workers.hasRoom());
  std::map<size_t, std::string> Answers;
  while (!Workers.idle())
    for (Outcome &Each : Workers.wait())
      Answers[Each.Id] = Each.Answer;
  EXPECT_EQ(2u, Answers.size());
  EXPECT_NE(Answers[0], Answers[1]);
}
