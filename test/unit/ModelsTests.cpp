//===- ModelsTest.cpp -----------------------------------------------------===//
#include "analysis/models/Embedded.h"
#include "analysis/models/Models.h"
#include "analysis/models/Schema.h"
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <gtest/gtest.h>

using namespace perfidy;

namespace {

/// What addText says of \p Json as "user.json"; empty if it takes it.
std::string errorOf(std::string_view Json) {
  Models M;
  std::string Error;
  bool Taken = M.addText(Json, "user.json", Error);
  EXPECT_EQ(Taken, Error.empty());
  return Error;
}

Models load(std::string_view Json) {
  Models M;
  std::string Error;
  EXPECT_TRUE(M.addText(Json, "user.json", Error)) << Error;
  return M;
}

// ---- every error, with file, line and field

TEST(ModelsErrors, Syntax) {
  EXPECT_EQ(errorOf("{\"library\": \"x\",\n"
                    " \"functions\": [\n"
                    "  {\"name\": \"f\", \"role\": \"log\"}\n"
                    "  {\"name\": \"g\", \"role\": \"log\"}\n"
                    " ]}"),
            "user.json:4: field 'role': the JSON breaks off after it: while "
            "parsing array - unexpected '{'; expected ']'");
}

TEST(ModelsErrors, SyntaxAfterNumberAtEndOfLine) {
  EXPECT_EQ(errorOf("{\"library\": \"x\",\n"
                    " \"functions\": [{\"sql\": 1\n"
                    "  \"name\": \"f\"}]}")
                .substr(0, 29),
            "user.json:3: field 'sql': the");
}

TEST(ModelsErrors, EmptyFile) {
  EXPECT_EQ(errorOf(""),
            "user.json:1: field 'library': the JSON breaks off after it: while "
            "parsing value - unexpected end of input; expected '[', '{', or a "
            "literal");
}

TEST(ModelsErrors, FileIsNoObject) {
  EXPECT_EQ(errorOf("[]"), "user.json:1: field 'library': the file is an "
                           "array; it must be an object");
}

TEST(ModelsErrors, UnknownFieldOfTheFile) {
  EXPECT_EQ(errorOf("{\"library\": \"x\",\n\"function\": []}"),
            "user.json:2: field 'function': a model file has no such field; "
            "did you mean 'functions'?");
}

TEST(ModelsErrors, UnknownFieldOfAFunction) {
  EXPECT_EQ(errorOf("{\"library\": \"x\",\n \"functions\": [\n"
                    "  {\"name\": \"f\",\n   \"rol\": \"log\"}]}"),
            "user.json:4: field 'rol': a function has no such field; did you "
            "mean 'role'?");
}

TEST(ModelsErrors, UnknownRole) {
  EXPECT_EQ(errorOf("{\"library\": \"x\", \"functions\": [\n"
                    "  {\"name\": \"f\", \"role\": \"query.exec\"}]}"),
            "user.json:2: field 'role': there is no 'query.exec'; did you mean "
            "'query.execute'?");
}

TEST(ModelsErrors, UnknownRoleWithoutItsFamily) {
  EXPECT_EQ(errorOf("{\"library\": \"x\", \"functions\": [\n"
                    "  {\"name\": \"f\", \"role\": \"execute\"}]}"),
            "user.json:2: field 'role': there is no 'execute'; did you mean "
            "'query.execute'?");
}

TEST(ModelsErrors, UnknownRoleLikeNone) {
  EXPECT_EQ(errorOf("{\"library\": \"x\", \"functions\": [\n"
                    "  {\"name\": \"f\", \"role\": \"@@@@@\"}]}"),
            "user.json:2: field 'role': there is no '@@@@@'; docs/models.md "
            "lists all there are");
}

TEST(ModelsErrors, UnknownRoleOfAType) {
  EXPECT_EQ(errorOf("{\"library\": \"x\", \"types\": [\n"
                    "  {\"name\": \"T\", \"role\": \"results\"}]}"),
            "user.json:2: field 'role': there is no 'results'; did you mean "
            "'result'?");
}

TEST(ModelsErrors, UnknownRoleOfAMacro) {
  EXPECT_EQ(errorOf("{\"library\": \"x\", \"macros\": [\n"
                    "  {\"name\": \"M\", \"role\": \"asert\"}]}"),
            "user.json:2: field 'role': there is no 'asert'; did you mean "
            "'assert'?");
}

TEST(ModelsErrors, UnknownWord) {
  EXPECT_EQ(errorOf("{\"library\": \"x\", \"functions\": [\n"
                    "  {\"name\": \"f\", \"role\": \"log\",\n"
                    "   \"cost\": \"quadratic\"}]}"),
            "user.json:3: field 'cost': there is no 'quadratic'; it must be "
            "'constant', 'log', 'linear' or 'nlogn'");
}

TEST(ModelsErrors, WrongType) {
  EXPECT_EQ(errorOf("{\"library\": 7}"),
            "user.json:1: field 'library': is an integer; it must be a string");
  EXPECT_EQ(errorOf("{\"library\": \"x\", \"functions\": {}}"),
            "user.json:1: field 'functions': is an object; it must be an array "
            "of objects");
  EXPECT_EQ(errorOf("{\"library\": \"x\", \"functions\": [[]]}"),
            "user.json:1: field 'functions': is an array; it must be an "
            "object");
  EXPECT_EQ(errorOf("{\"library\": \"x\", \"functions\": [{\"name\": \"f\",\n"
                    "\"role\": null}]}"),
            "user.json:2: field 'role': is null; it must be a string");
  EXPECT_EQ(errorOf("{\"library\": \"x\", \"functions\": [{\"name\": \"f\","
                    "\"role\": \"log\",\n\n\"min_args\": 1.5}]}"),
            "user.json:3: field 'min_args': is a number; it must be an "
            "integer");
  EXPECT_EQ(errorOf("{\"library\": \"x\", \"functions\": [{\"name\": \"f\","
                    "\"role\": \"log\", \"min_args\": -1}]}"),
            "user.json:1: field 'min_args': is -1; it must be at least 0");
}

TEST(ModelsErrors, WrongOperand) {
  const char *Head = "{\"library\": \"x\", \"functions\": [\n"
                     "  {\"name\": \"f\", \"role\": \"query.execute\", ";
  EXPECT_EQ(errorOf(std::string(Head) + "\"sql\": \"first\"}]}"),
            "user.json:2: field 'sql': is 'first'; it must be an integer, "
            "'this' or 'result'");
  EXPECT_EQ(errorOf(std::string(Head) + "\"sql\": true}]}"),
            "user.json:2: field 'sql': is a boolean; it must be an integer, "
            "'this' or 'result'");
}

TEST(ModelsErrors, WrongName) {
  EXPECT_EQ(errorOf("{\"library\": \"x\", \"functions\": [\n"
                    "{\"name\": 1, \"role\": \"log\"}]}"),
            "user.json:2: field 'name': is an integer; it must be a string or "
            "an array of strings");
  EXPECT_EQ(errorOf("{\"library\": \"x\", \"functions\": [\n{\"name\": [\n"
                    "\"f\",\n4], \"role\": \"log\"}]}"),
            "user.json:4: field 'name': is an integer; it must be a string");
  EXPECT_EQ(errorOf("{\"library\": \"x\", \"functions\": [\n"
                    "{\"name\": [], \"role\": \"log\"}]}"),
            "user.json:2: field 'name': is an empty array; leave it out or put "
            "something in");
  EXPECT_EQ(errorOf("{\"library\": \"\"}"),
            "user.json:1: field 'library': is empty; it must say something");
}

TEST(ModelsErrors, MissingField) {
  EXPECT_EQ(errorOf("{\"library\": \"x\", \"functions\": [\n"
                    "  {\"role\": \"log\"}]}")
                .substr(0, 64),
            "user.json:2: field 'name': is missing; a function must have it: ");
  EXPECT_EQ(errorOf("{\"library\": \"x\", \"functions\": [\n"
                    "  {\"name\": \"f\"}]}"),
            "user.json:2: field 'role': is missing; a function must have it: "
            "What the call does.");
  EXPECT_EQ(errorOf("{}"),
            "user.json:1: field 'library': is missing; a model file must have "
            "it: Name of the library; stands in messages.");
}

TEST(ModelsErrors, FieldTwiceInOneObject) {
  EXPECT_EQ(errorOf("{\"library\": \"x\",\n\"library\": \"y\"}"),
            "user.json:2: field 'library': is given twice in one object; keep "
            "one of the two");
}

TEST(ModelsErrors, FunctionTwice) {
  EXPECT_EQ(errorOf("{\"library\": \"x\", \"functions\": [\n"
                    "  {\"name\": \"f\", \"role\": \"log\"},\n"
                    "  {\"name\": [\"e\",\n\"f\"], \"role\": \"wait\"}]}"),
            "user.json:4: field 'name': 'f' stands on line 2 already, for the "
            "same calls; drop one, or tell the calls apart by min_args, "
            "max_args, container_kinds, argument_types or argument_values, the "
            "narrower one "
            "first");
}

TEST(ModelsErrors, FunctionTwiceWithOtherArgumentsOk) {
  const char *Head =
      "{\"library\": \"x\", \"functions\": [\n"
      "  {\"name\": \"f\", \"role\": \"log\", \"container\": 0, ";
  const char *Tail = "}, {\"name\": \"f\", \"role\": \"wait\"}]}";
  for (const char *Narrow :
       {"\"min_args\": 2", "\"max_args\": 2", "\"container_kinds\": [\"tree\"]",
        "\"argument_types\": {\"0\": \"text\"}"})
    EXPECT_EQ(errorOf(std::string(Head) + Narrow + Tail), "") << Narrow;
}

TEST(ModelsErrors, NarrowEntryNeverReached) {
  EXPECT_NE(
      errorOf("{\"library\": \"x\", \"functions\": [\n"
              "  {\"name\": \"f\", \"role\": \"log\"},\n"
              "  {\"name\": \"f\", \"role\": \"wait\", \"min_args\": 2}]}"),
      "");
}

TEST(ModelsErrors, TypeOrMacroTwice) {
  EXPECT_EQ(
      errorOf("{\"library\": \"x\", \"types\": [\n"
              "{\"name\": \"T\", \"role\": \"result\"},\n"
              "{\"name\": \"T\", \"role\": \"text\"}]}"),
      "user.json:3: field 'name': 'T' stands on line 2 already; drop one");
  EXPECT_EQ(
      errorOf("{\"library\": \"x\", \"macros\": [\n"
              "{\"name\": \"M\", \"role\": \"test\"},\n"
              "{\"name\": \"M\", \"role\": \"assert\"}]}"),
      "user.json:3: field 'name': 'M' stands on line 2 already; drop one");
}

TEST(ModelsErrors, FieldsThatMeanNothingTogether) {
  const char *Head = "{\"library\": \"x\", \"functions\": [\n"
                     "  {\"name\": \"f\", \"role\": \"log\",\n";
  EXPECT_EQ(errorOf(std::string(Head) + "\"lifetime\": \"raii\"}]}"),
            "user.json:3: field 'lifetime': says nothing about role 'log'; "
            "only connection.open has one");
  EXPECT_EQ(errorOf(std::string(Head) + "\"runs\": \"each\"}]}"),
            "user.json:3: field 'runs': says when the callable runs, but there "
            "is no field 'callable' to say which operand that is");
  EXPECT_EQ(errorOf(std::string(Head) + "\"container_kinds\": [\"tree\"]}]}"),
            "user.json:3: field 'container_kinds': speaks of the container, "
            "but there is no field 'container' to say which operand that is");
  EXPECT_EQ(errorOf(std::string(Head) + "\"min_args\": 3, \"max_args\": 2}]}"),
            "user.json:3: field 'min_args': is 3, more than max_args; no call "
            "has such a number of arguments");
  EXPECT_EQ(errorOf(std::string(Head) +
                    "\"argument_types\": {\"first\": \"text\"}}]}"),
            "user.json:3: field 'first': is no number; argument_types counts "
            "arguments from \"0\"");
}

TEST(ModelsErrors, KindOfAType) {
  EXPECT_EQ(errorOf("{\"library\": \"x\", \"types\": [\n"
                    "{\"name\": \"T\", \"role\": \"container\"}]}"),
            "user.json:2: field 'kind': is missing; a container must say how "
            "it holds its elements");
  EXPECT_EQ(errorOf("{\"library\": \"x\", \"types\": [\n"
                    "{\"name\": \"T\", \"role\": \"text\","
                    " \"kind\": \"tree\"}]}"),
            "user.json:2: field 'kind': says nothing about role 'text'; only a "
            "container has one");
}

TEST(ModelsErrors, NoSuchFile) {
  Models M;
  std::string Error;
  EXPECT_FALSE(M.addFile("/no/such/model.json", Error));
  EXPECT_EQ(Error, "/no/such/model.json:1: field 'library': cannot read the "
                   "file; it must be a model as docs/models.md describes it");
}

TEST(ModelsErrors, NothingIsAddedOnError) {
  Models M;
  std::string Error, Before = M.fingerprint();
  EXPECT_FALSE(M.addText("{\"library\": \"x\", \"functions\": ["
                         "{\"name\": \"f\", \"role\": \"log\"},"
                         "{\"name\": \"g\", \"role\": \"lg\"}]}",
                         "user.json", Error));
  EXPECT_TRUE(M.functions("f").empty());
  EXPECT_TRUE(M.libraries().empty());
  EXPECT_EQ(M.fingerprint(), Before);
}

// ---- what an entry becomes

TEST(Models, AllFields) {
  Models M = load(R"({"library": "acme", "database": "remote", "functions": [
    {"name": "acme::Db::run", "role": "query.execute", "cost": "linear",
     "sql": 0, "statement": "this", "connection": "result", "container": 1,
     "key": 2, "position": 3, "callable": -1, "runs": "each", "text": 4,
     "min_args": 1, "max_args": 6, "container_kinds": ["tree", "hash"],
     "argument_types": {"0": "text"}, "note": "ignored"},
    {"name": "acme::Db::Db", "role": "connection.open", "database": "embedded",
     "handle": "this", "lifetime": "raii"},
    {"name": "acme::on", "role": "listener.add", "emitter": 0, "event": 1,
     "receiver": 2, "callable": 3, "token": "result",
     "ends": ["receiver", "token", "once"], "unique": true, "mode": 4,
     "mode_unique": 128, "mode_once": 256, "argument_values": {"5": [0, 7]}},
    {"name": "acme::post", "role": "defer", "callable": 0, "completes": true}
    ]})");
  ASSERT_EQ(M.functions("acme::Db::run").size(), 1u);
  const Model &Run = M.functions("acme::Db::run")[0];
  EXPECT_EQ(Run.Name, "acme::Db::run");
  EXPECT_EQ(Run.Role, "query.execute");
  EXPECT_EQ(Run.Library, "acme");
  EXPECT_EQ(Run.Database, "remote");
  EXPECT_EQ(Run.Cost, "linear");
  EXPECT_EQ(Run.Runs, "each");
  EXPECT_EQ(Run.Sql->Position, 0);
  EXPECT_EQ(Run.Statement->Position, Operand::This);
  EXPECT_EQ(Run.Connection->Position, Operand::Result);
  EXPECT_EQ(Run.Container->Position, 1);
  EXPECT_EQ(Run.Key->Position, 2);
  EXPECT_EQ(Run.Position->Position, 3);
  EXPECT_EQ(Run.Callable->Position, -1);
  EXPECT_EQ(Run.Text->Position, 4);
  EXPECT_FALSE(Run.Handle);
  EXPECT_EQ(Run.MinArguments, 1);
  EXPECT_EQ(Run.MaxArguments, 6);
  EXPECT_EQ(Run.ContainerKinds, (std::vector<std::string>{"tree", "hash"}));
  EXPECT_EQ(Run.ArgumentTypes, (std::map<int, std::string>{{0, "text"}}));

  const Model &Open = M.functions("acme::Db::Db").at(0);
  EXPECT_EQ(Open.Database, "embedded");
  EXPECT_EQ(Open.Lifetime, "raii");
  EXPECT_EQ(Open.Handle->Position, Operand::This);
  EXPECT_FALSE(Open.Sql);

  const Model &On = M.functions("acme::on").at(0);
  EXPECT_EQ(On.Emitter->Position, 0);
  EXPECT_EQ(On.Event->Position, 1);
  EXPECT_EQ(On.Receiver->Position, 2);
  EXPECT_EQ(On.Callable->Position, 3);
  EXPECT_EQ(On.Token->Position, Operand::Result);
  EXPECT_TRUE(On.EndsWithReceiver && On.EndsWithToken && On.EndsAtOnce);
  EXPECT_TRUE(On.Unique);
  EXPECT_EQ(On.Mode->Position, 4);
  EXPECT_EQ(On.ModeUnique, 128);
  EXPECT_EQ(On.ModeOnce, 256);
  EXPECT_EQ(On.ArgumentValues, (std::map<int, std::vector<int>>{{5, {0, 7}}}));
  EXPECT_FALSE(On.Completes);
  EXPECT_TRUE(M.functions("acme::post").at(0).Completes);
}

TEST(Models, DatabaseHoldsForDatabaseRolesOnly) {
  Models M = load(R"({"library": "acme", "database": "embedded", "functions": [
    {"name": "q", "role": "query.step"},
    {"name": "t", "role": "transaction.commit"},
    {"name": "c", "role": "connection.pool"},
    {"name": "s", "role": "container.size"}]})");
  EXPECT_EQ(M.functions("q")[0].Database, "embedded");
  EXPECT_EQ(M.functions("t")[0].Database, "embedded");
  EXPECT_EQ(M.functions("c")[0].Database, "embedded");
  EXPECT_EQ(M.functions("s")[0].Database, "");
}

TEST(Models, NamesShareAnEntry) {
  Models M = load(R"({"library": "acme", "functions": [
    {"name": ["a", "b"], "role": "wait"}], "types": [
    {"name": ["T", "U"], "role": "container", "kind": "tree"}], "macros": [
    {"name": ["M", "N"], "role": "test"}]})");
  EXPECT_EQ(M.functions("a")[0].Name, "a");
  EXPECT_EQ(M.functions("b")[0].Role, "wait");
  EXPECT_EQ(M.type("T")->Kind, "tree");
  EXPECT_EQ(M.type("U")->Name, "U");
  EXPECT_EQ(M.type("U")->Library, "acme");
  EXPECT_EQ(M.macro("N"), "test");
}

TEST(Models, UnknownNames) {
  Models M = load(R"({"library": "acme"})");
  EXPECT_TRUE(M.functions("f").empty());
  EXPECT_EQ(M.type("T"), nullptr);
  EXPECT_EQ(M.macro("M"), "");
  EXPECT_FALSE(M.knowsClass("T"));
}

TEST(Models, KnowsClassOfMethodsAndTypes) {
  Models M = load(R"({"library": "acme",
    "functions": [{"name": "acme::Db::run", "role": "query.execute"}],
    "types": [{"name": "acme::Rows", "role": "result"}]})");
  EXPECT_TRUE(M.knowsClass("acme::Db"));
  EXPECT_TRUE(M.knowsClass("acme::Rows"));
  EXPECT_FALSE(M.knowsClass("acme::Db::run"));
}

TEST(Models, EntriesKeepTheirOrder) {
  Models M = load(R"({"library": "acme", "functions": [
    {"name": "f", "role": "text.find", "min_args": 2, "position": 1},
    {"name": "f", "role": "text.find"}]})");
  ASSERT_EQ(M.functions("f").size(), 2u);
  EXPECT_TRUE(M.functions("f")[0].Position);
  EXPECT_FALSE(M.functions("f")[1].Position);
}

TEST(Models, FingerprintFollowsEntries) {
  const char *One = R"({"library": "a", "functions": [
    {"name": "f", "role": "log"}]})";
  const char *Two = R"({"library": "a", "functions": [
    {"name": "f", "role": "wait"}]})";
  EXPECT_EQ(load(One).fingerprint(), load(One).fingerprint());
  EXPECT_NE(load(One).fingerprint(), load(Two).fingerprint());
  EXPECT_NE(load(One).fingerprint(), Models().fingerprint());
  EXPECT_EQ(load(One).fingerprint().size(), 32u);
}

// ---- a user's file beside the built-in ones

TEST(Models, UserOverridesBuiltin) {
  Models M = Models::builtin();
  ASSERT_EQ(M.functions("PQexec").at(0).Role, "query.execute");
  ASSERT_EQ(M.type("std::vector")->Kind, "contiguous");
  std::string Error, Before = M.fingerprint();
  ASSERT_TRUE(M.addText(R"({"library": "mine",
    "functions": [{"name": "PQexec", "role": "query.build"}],
    "types": [{"name": "std::vector", "role": "container", "kind": "list"}],
    "macros": [{"name": "Q_ASSERT", "role": "test"}]})",
                        "mine.json", Error))
      << Error;
  ASSERT_EQ(M.functions("PQexec").size(), 2u);
  EXPECT_EQ(M.functions("PQexec")[0].Library, "mine");
  EXPECT_EQ(M.functions("PQexec")[1].Library, "libpq");
  EXPECT_EQ(M.type("std::vector")->Kind, "list");
  EXPECT_EQ(M.macro("Q_ASSERT"), "test");
  EXPECT_EQ(M.libraries().back(), "mine");
  EXPECT_NE(M.fingerprint(), Before);
  EXPECT_EQ(Models::builtin().functions("PQexec").size(), 1u);
}

TEST(Models, AddFile) {
  std::string Path = testing::TempDir() + "perfidy-model.json";
  std::ofstream(Path) << "{\"library\": \"x\",\n\"functions\": 3}";
  Models M;
  std::string Error;
  EXPECT_FALSE(M.addFile(Path, Error));
  EXPECT_EQ(Error, Path + ":2: field 'functions': is an integer; it must be an "
                          "array of objects");
  std::ofstream(Path) << R"({"library": "x"})";
  EXPECT_TRUE(M.addFile(Path, Error));
  EXPECT_EQ(M.libraries(), std::vector<std::string>{"x"});
  std::remove(Path.c_str());
}

// ---- what is built in

const Model *entry(const std::string &Name, int Arguments) {
  for (const Model &M : Models::builtin().functions(Name))
    if (Arguments >= M.MinArguments.value_or(0) &&
        Arguments <= M.MaxArguments.value_or(1000))
      return &M;
  return nullptr;
}

TEST(BuiltinModels, AllFilesAreLoaded) {
  EXPECT_EQ(Models::builtin().libraries().size(), embeddedModels().size());
  for (const char *Library : {"std", "qt", "libpq", "libpqxx", "sqlite3",
                              "mariadb", "qtsql", "hiredis", "libcurl", "soci",
                              "posix", "boost", "testing", "asserts", "text"}) {
    std::vector<std::string> All = Models::builtin().libraries();
    EXPECT_EQ(std::count(All.begin(), All.end(), Library), 1) << Library;
  }
}

TEST(BuiltinModels, ArityTellsOverloadsApart) {
  EXPECT_EQ(entry("std::move", 1)->Role, "unwrap");
  EXPECT_EQ(entry("std::move", 3)->Role, "container.traverse");
  EXPECT_EQ(entry("std::find", 3)->Key->Position, 2);
  EXPECT_EQ(entry("std::find", 4)->Key->Position, 3); // with a policy
  EXPECT_EQ(entry("QList::count", 0)->Role, "container.size");
  EXPECT_EQ(entry("QList::count", 1)->Role, "container.lookup");
  EXPECT_FALSE(entry("std::basic_string::find", 1)->Position);
  EXPECT_EQ(entry("std::basic_string::find", 2)->Position->Position, 1);
  EXPECT_EQ(entry("std::ranges::__find_fn::operator()", 2)->Key->Position, 1);
  EXPECT_EQ(entry("std::ranges::__find_fn::operator()", 4)->Key->Position, 2);
  EXPECT_FALSE(entry("QSqlQuery::exec", 0)->Sql);
  EXPECT_EQ(entry("QSqlQuery::exec", 1)->Sql->Position, 0);
  EXPECT_EQ(entry("QMap::keys", 0)->Role, "container.keys");
  EXPECT_EQ(entry("QMap::keys", 1)->Role, "container.lookup");
}

TEST(BuiltinModels, FrontOfAQListIsCheapAndOfAVectorIsNot) {
  EXPECT_EQ(entry("QList::prepend", 1)->Role, "container.append");
  EXPECT_EQ(entry("QVector::prepend", 1)->Role, "container.prepend");
  EXPECT_EQ(entry("QList::removeFirst", 0)->Role, "container.pop");
  EXPECT_EQ(entry("std::deque::push_front", 1)->Role, "container.append");
}

TEST(BuiltinModels, Databases) {
  EXPECT_EQ(entry("sqlite3_exec", 5)->Database, "embedded");
  EXPECT_EQ(entry("PQexec", 2)->Database, "remote");
  EXPECT_EQ(entry("PQconnectdb", 1)->Lifetime, "handle");
  EXPECT_EQ(entry("pqxx::connection::connection", 1)->Lifetime, "raii");
  EXPECT_EQ(
      entry("pqxx::basic_connection_base::basic_connection_base", 1)->Lifetime,
      "raii");
  EXPECT_EQ(entry("QSqlDatabase::open", 0)->Lifetime, "registry");
  EXPECT_EQ(entry("strlen", 1)->Database, "");
}

TEST(BuiltinModels, ConstructorThatTakesAPoolOpensNothing) {
  const std::vector<Model> &Session =
      Models::builtin().functions("soci::session::session");
  ASSERT_GE(Session.size(), 2u);
  EXPECT_EQ(Session[0].Role, "connection.pool");
  EXPECT_EQ(Session[0].ArgumentTypes.at(0), "soci::connection_pool");
  EXPECT_EQ(Session[1].Role, "connection.open");
}

TEST(BuiltinModels, TypesAndMacros) {
  const Models &M = Models::builtin();
  EXPECT_EQ(M.type("pqxx::result")->Role, "result");
  EXPECT_EQ(M.type("QMap")->Kind, "tree");
  EXPECT_EQ(M.type("std::unique_ptr")->Role, "pointer");
  EXPECT_EQ(M.type("testing::Test")->Role, "test");
  EXPECT_EQ(M.macro("TEST_F"), "test");
  EXPECT_EQ(M.macro("Q_ASSERT"), "assert");
}

// ---- the schema and the loader are one

TEST(ModelsSchema, EveryFieldOfTheSchemaIsRead) {
  // A field that the loader forgets would be accepted and lost. AllFields
  // above reads each of these.
  JsonValue Root;
  ASSERT_FALSE(parseJson(embeddedText(modelParts(), "schema.json"), Root));
  std::vector<std::string> Fields;
  for (const JsonMember &Field :
       Root.find("$defs")->find("function")->find("properties")->Members)
    Fields.push_back(Field.Name);
  EXPECT_EQ(Fields, (std::vector<std::string>{"name",
                                              "role",
                                              "database",
                                              "cost",
                                              "runs",
                                              "lifetime",
                                              "sql",
                                              "statement",
                                              "connection",
                                              "container",
                                              "key",
                                              "position",
                                              "callable",
                                              "text",
                                              "handle",
                                              "emitter",
                                              "event",
                                              "receiver",
                                              "token",
                                              "ends",
                                              "unique",
                                              "mode",
                                              "mode_unique",
                                              "mode_once",
                                              "completes",
                                              "timer",
                                              "min_args",
                                              "max_args",
                                              "container_kinds",
                                              "argument_types",
                                              "argument_values",
                                              "note"}));
}

void expectDescriptions(const JsonValue &Value, const std::string &Path) {
  if (const JsonValue *Properties = Value.find("properties"))
    for (const JsonMember &Property : Properties->Members)
      EXPECT_TRUE(Property.Value.find("description"))
          << Path << "." << Property.Name;
  if (Value.find("const"))
    EXPECT_TRUE(Value.find("description")) << Path;
  for (const JsonMember &Member : Value.Members)
    expectDescriptions(Member.Value, Path + "." + Member.Name);
  for (const JsonValue &Item : Value.Items)
    expectDescriptions(Item, Path + "[]");
}

TEST(ModelsSchema, EveryFieldAndRoleIsDescribed) {
  JsonValue Root;
  ASSERT_FALSE(parseJson(embeddedText(modelParts(), "schema.json"), Root));
  expectDescriptions(Root, "schema");
}

TEST(ModelsSchema, Nearest) {
  EXPECT_EQ(nearest("query.exeute", {"query.execute", "query.fetch"}),
            "query.execute");
  EXPECT_EQ(nearest("lookup", {"container.lookup", "log"}), "container.lookup");
  EXPECT_EQ(nearest("%%%%%%", {"log", "wait"}), "");
}

// ---- JSON with lines

TEST(ModelsJson, Lines) {
  JsonValue Root;
  ASSERT_FALSE(parseJson("{\n"
                         "  \"a\": 1\n"
                         ",\n"
                         "  \"b\": [true,\n"
                         "        -2.5, \"x\\ny\"\n"
                         "       ]\n"
                         "}\n",
                         Root));
  EXPECT_EQ(Root.Line, 1);
  EXPECT_EQ(Root.Members[0].Line, 2);
  EXPECT_EQ(Root.Members[0].Value.Line, 2); // the lexer had read the newline
  EXPECT_EQ(Root.Members[1].Line, 4);
  const JsonValue &B = *Root.find("b");
  EXPECT_EQ(B.Items[0].Line, 4);
  EXPECT_TRUE(B.Items[0].Bool);
  EXPECT_EQ(B.Items[1].Line, 5);
  EXPECT_EQ(B.Items[1].Real, -2.5);
  EXPECT_EQ(B.Items[2].Text, "x\ny");
}

} // namespace
