//===- KeptBodiesTests.cpp - what is taken over after an edit -------------===//
//
// Part of Perfidy. Reads a text, and then another with what was kept: the facts
// must be those of the other read for the first time.
//
//===----------------------------------------------------------------------===//
#include "analysis/extract/Extract.h"
#include "analysis/extract/KeptBodies.h"
#include "analysis/summary/Serialize.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Tooling/Tooling.h"
#include "gtest/gtest.h"

using namespace perfidy;

static TUSummary read(const std::string &Text, HeaderFacts &Headers) {
  std::unique_ptr<clang::ASTUnit> Unit =
      clang::tooling::buildASTFromCode(Text, "/tested/main.cpp");
  clang::ASTContext &AST = Unit->getASTContext();
  std::vector<clang::Decl *> Scope; // as clangd has it
  for (clang::Decl *Each : AST.getTranslationUnitDecl()->decls())
    if (Each->getLocation().isValid())
      Scope.push_back(Each);
  AST.setTraversalScope(Scope);
  static const Models Known = Models::builtin();
  return extract(AST, Known, &Headers);
}

/// Demands the same facts, and returns the functions that were taken over, by
/// name, in order.
static std::string takenOver(const std::string &From, const std::string &To) {
  HeaderFacts Headers, Fresh;
  read(From, Headers);
  std::shared_ptr<const KeptBodies> Before = Headers.Kept.bodies();
  TUSummary Again = read(To, Headers);
  EXPECT_EQ(toJson(Again), toJson(read(To, Fresh)));
  std::set<std::string> Names;
  if (std::shared_ptr<const KeptBodies> After = Headers.Kept.bodies())
    for (const auto &[Usr, Body] : After->ByUsr)
      if (auto Was = Before->ByUsr.find(Usr);
          Was != Before->ByUsr.end() && Was->second == Body)
        Names.insert(Body->Functions.back().Name);
  std::string Result;
  for (const std::string &Name : Names)
    Result += (Result.empty() ? "" : " ") + Name;
  return Result;
}

TEST(KeptBodies, AnEditInOneFunction) {
  std::string Text =
      "int f(int a) { return a; }\n"
      "int g(int a) {\n  for (int i = 0; i < a; ++i)\n    f(i);\n"
      "  return 0;\n}\n"
      "int h() { return g(1); }\n";
  EXPECT_EQ(takenOver(Text, Text), "f g h");
  std::string Edited = Text;
  Edited.insert(Edited.find("  return 0"), "  f(7);\n");
  EXPECT_EQ(takenOver(Text, Edited), "f h");
  EXPECT_EQ(takenOver(Edited, Text), "f h");
}

TEST(KeptBodies, WhatStandsAround) {
  std::string Text = "int f(int a) { return a; }\nint g() { return f(1); }\n";
  EXPECT_EQ(takenOver(Text, "// A comment\n\n" + Text + "// and another"),
            "f g");
  EXPECT_EQ(takenOver(Text, "int f(long);\n" + Text), "");
  EXPECT_EQ(takenOver(Text, "#define f h\n" + Text), "");
  EXPECT_EQ(takenOver(Text, Text + "int i = 0;\n"), "");
  EXPECT_EQ(
      takenOver(Text, "int f(int a) { return a; } int g() { return f(1); }\n"),
      "f"); // another column
  EXPECT_EQ(
      takenOver(Text, "int f(int a) { return a; \nint g() { return f(1); }\n"),
      "");
}

TEST(KeptBodies, BodiesThatOthersLookInto) {
  std::string User =
      "int g() { int all = 0; for (int i = 0; i < f(); ++i) all += i; "
      "return all; }\n";
  EXPECT_EQ(takenOver("constexpr int f() { return 3; }\n" + User,
                      "constexpr int f() { return 4; }\n" + User),
            "");
  EXPECT_EQ(takenOver("auto f() { return 3; }\n" + User,
                      "auto f() { return 4L; }\n" + User),
            "");
  EXPECT_EQ(takenOver("template <class T> T t() { return 3; }\nint f() { "
                      "return t<int>(); }\n" +
                          User,
                      "template <class T> T t() { return 4; }\nint f() { "
                      "return t<int>(); }\n" +
                          User),
            "");
  EXPECT_EQ(takenOver("int f() {\n#define N 3\n  return N;\n}\n" + User,
                      "int f() {\n#define N 4\n  return N;\n}\n" + User),
            "");
  EXPECT_EQ(takenOver("static int f() { throw 1; }\n" + User,
                      "static int f() { return 1; }\n" + User),
            "");
}

TEST(KeptBodies, Lambdas) {
  std::string Text =
      "int f() { return 1; }\n"
      "int g(int n) {\n  int all = 0;\n"
      "  auto add = [&](int i) { all += i + f(); };\n"
      "  for (int i = 0; i < n; ++i)\n    add(i);\n  return all;\n}\n";
  std::string Edited = Text;
  Edited.insert(Edited.find("return 1"), "\n\n");
  EXPECT_EQ(takenOver(Text, Edited), "g");
}

TEST(KeptBodies, MethodsAndConstructors) {
  std::string Text = "struct A { A(); ~A(); };\nstruct B { A a; int i = 0; };\n"
                     "class C {\n  int get() { return 1; }\n  B b;\npublic:\n"
                     "  C() : b() { get(); }\n};\n"
                     "int f() { B b; return b.i; }\n"
                     "int g() { B b; return 2; }\n";
  std::string Edited = Text;
  Edited.insert(Edited.find("return 2"), "\n");
  // What the compiler makes of a class of the file itself is read each time,
  // where it is first used.
  EXPECT_EQ(takenOver(Text, Edited), "C::get f");
  Edited = Text;
  Edited.insert(Edited.find("B b; return 2"), "if (f()) ");
  EXPECT_EQ(takenOver(Text, Edited), "C::get f");
}

TEST(KeptBodies, BrokenCode) {
  std::string Text = "int f(int a) { return a; }\nint g() { return f(1); "
                     "}\nint h() { return 1; }\n";
  takenOver(Text, Text.substr(0, Text.size() / 2));
  takenOver(Text, "int f(int a) { if (a) { return a; }\nint g() { return f(1); "
                  "}\nint h() { return 1; }\n");
  takenOver("int f(int a) { return a; \nint g() { return f(1); }\nint h() { "
            "return 1; }\n",
            Text);
}

TEST(KeptBodies, BodiesOfTemplates) {
  std::string Text =
      "template <class T> T twice(T t) {\n  T all = t;\n  return all + t;\n}\n"
      "template <class T> struct Pair {\n  T first() {\n    T all = {};\n"
      "    return all;\n  }\n};\n"
      "int f() { return twice(1); }\n"
      "int g() { Pair<int> p; return p.first(); }\n"
      "int h() { return 1; }\n";
  EXPECT_EQ(takenOver(Text, Text), "f h");
  std::string Edited = Text;
  Edited.insert(Edited.find("  return all + t"), "  ++all;\n");
  EXPECT_EQ(takenOver(Text, Edited), "f h");
  Edited = Text;
  Edited.insert(Edited.find("    return all;"), "    ++all;\n");
  EXPECT_EQ(takenOver(Text, Edited), "f h");
  // Which instantiations are read, and in place of which others.
  Edited = Text;
  Edited.insert(Edited.find("return 1;"), "twice(1L); twice('c'); twice(1u); "
                                          "twice(1ull); twice(1.0); ");
  EXPECT_EQ(takenOver(Text, Edited), "");
  EXPECT_EQ(takenOver(Edited, Text), "");
  // It may not return any more.
  std::string Fails = "template <class T> void fail(T t) { throw t; }\n"
                      "int f(int a) { if (a) fail(a); return a; }\n";
  std::string Returns = Fails;
  Returns.replace(Returns.find("throw t"), 7, "++t; --t");
  EXPECT_EQ(takenOver(Fails, Returns), "");
  EXPECT_EQ(takenOver(Returns, Fails), "");
}

TEST(KeptBodies, LambdasGivenToTemplates) {
  std::string Text =
      "template <class F> int run(F f) {\n  int all = 0;\n"
      "  for (int i = 0; i < 9; ++i)\n    all += f(i);\n  return all;\n}\n"
      "int f() { return 1; }\n"
      "int g() { return run([](int i) { return i + f(); }); }\n"
      "int h() { return run([](auto i) { return i + f(); }); }\n";
  EXPECT_EQ(takenOver(Text, Text), "f");
  std::string Edited = Text;
  Edited.insert(Edited.find("return 1"), "\n");
  takenOver(Text, Edited);
  Edited = Text;
  Edited.insert(Edited.find("  return all"), "  all += f(7L);\n");
  takenOver(Text, Edited);
  Edited = Text;
  Edited.insert(Edited.find("i + f(); }); }\nint h"), "f() + ");
  takenOver(Text, Edited);
}
