//===- Sql.cpp - what a piece of text says of a statement -----------------===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#include "analysis/summary/Sql.h"
#include <cctype>
#include <string>
#include <utility>
#include <vector>

namespace perfidy {

namespace {

/// Upper-cased words and single punctuation marks, comments left out. A hole
/// is the word "\x01".
std::vector<std::string> words(std::string_view Text, size_t Most) {
  std::vector<std::string> Words;
  for (size_t I = 0; I < Text.size() && Words.size() < Most;) {
    char C = Text[I];
    if (std::isspace(static_cast<unsigned char>(C))) {
      ++I;
    } else if (Text.substr(I, 2) == "--") {
      while (I < Text.size() && Text[I] != '\n')
        ++I;
    } else if (Text.substr(I, 2) == "/*") {
      size_t End = Text.find("*/", I + 2);
      I = End == std::string_view::npos ? Text.size() : End + 2;
    } else if (std::isalnum(static_cast<unsigned char>(C)) || C == '_') {
      std::string Word;
      while (I < Text.size() &&
             (std::isalnum(static_cast<unsigned char>(Text[I])) ||
              Text[I] == '_' || Text[I] == '.'))
        Word += static_cast<char>(
            std::toupper(static_cast<unsigned char>(Text[I++])));
      Words.push_back(std::move(Word));
    } else if (C == '\'' || C == '"' || C == '`' || C == '[') {
      char Close = C == '[' ? ']' : C;
      size_t End = Text.find(Close, I + 1);
      Words.push_back("NAME");
      I = End == std::string_view::npos ? Text.size() : End + 1;
    } else {
      Words.push_back(std::string(1, C));
      ++I;
    }
  }
  return Words;
}

bool has(const std::vector<std::string> &Words, std::string_view Word) {
  for (const std::string &W : Words)
    if (W == Word)
      return true;
  return false;
}

} // namespace

SqlKind sqlKind(std::string_view Text) {
  std::vector<std::string> W = words(Text, 48);
  while (!W.empty() && W[0] == "(")
    W.erase(W.begin());
  if (W.empty())
    return SqlKind::None;
  auto At = [&](size_t I) { return I < W.size() ? W[I] : std::string(); };
  auto AnyOf = [&](size_t I, std::initializer_list<const char *> List) {
    for (const char *Word : List)
      if (At(I) == Word)
        return true;
    return false;
  };
  const std::string &First = W[0];
  // One word of English is no statement: the second keyword must be there, or
  // a hole where it could be.
  bool Hole = has(W, "\x01");
  // "Select an entry from the list": two plain words side by side in the list
  // of columns are no SQL, unless somebody shouts.
  size_t Word = Text.find_first_not_of(" \t\r\n(");
  bool Shouted = Word != std::string_view::npos && Word + 1 < Text.size() &&
                 std::isupper(static_cast<unsigned char>(Text[Word + 1]));
  auto English = [&] {
    if (Shouted)
      return false;
    auto Plain = [](const std::string &S) {
      return std::isalpha(static_cast<unsigned char>(S[0])) &&
             S.find_first_of("._0123456789") == std::string::npos;
    };
    for (size_t I = 1; I + 1 < W.size() && W[I + 1] != "FROM"; ++I)
      if (Plain(W[I]) && Plain(W[I + 1]) && W[I] != "DISTINCT" &&
          W[I] != "ALL" && W[I] != "AS" && W[I + 1] != "AS" && W[I] != "CASE" &&
          W[I] != "WHEN")
        return true;
    return false;
  };
  if (First == "SELECT") {
    if (has(W, "FROM"))
      return English() ? SqlKind::None : SqlKind::Read;
    // SELECT 1, SELECT last_insert_rowid(), SELECT ?
    if (W.size() >= 2 &&
        (std::isdigit(static_cast<unsigned char>(At(1)[0])) || At(2) == "(" ||
         At(1) == "*" || At(1) == "@" || At(1) == "?" || At(1) == ":"))
      return SqlKind::Read;
    return SqlKind::None;
  }
  if (First == "INSERT" || First == "REPLACE")
    return has(W, "INTO") || (First == "INSERT" && AnyOf(1, {"OR", "IGNORE"}))
               ? SqlKind::Write
               : SqlKind::None;
  if (First == "UPDATE")
    return has(W, "SET") ? SqlKind::Write : SqlKind::None;
  if (First == "DELETE")
    return At(1) == "FROM" ? SqlKind::Write : SqlKind::None;
  if (First == "MERGE")
    return At(1) == "INTO" ? SqlKind::Write : SqlKind::None;
  if (First == "WITH") {
    if (!has(W, "AS"))
      return SqlKind::None;
    if (has(W, "INSERT") || has(W, "UPDATE") || has(W, "DELETE"))
      return SqlKind::Write;
    return has(W, "SELECT") || Hole ? SqlKind::Read : SqlKind::None;
  }
  auto Object = {"TABLE",  "INDEX",    "UNIQUE",    "VIEW",    "TRIGGER",
                 "SCHEMA", "DATABASE", "TEMPORARY", "TEMP",    "SEQUENCE",
                 "TYPE",   "FUNCTION", "EXTENSION", "VIRTUAL", "MATERIALIZED",
                 "USER",   "ROLE"};
  if (First == "CREATE" || First == "ALTER" || First == "DROP") {
    for (const char *Word : Object)
      if (At(1) == Word || (At(1) == "OR" && At(3) == Word))
        return SqlKind::Define;
    return SqlKind::None;
  }
  // "ANALYZE {}": one name, which may be filled in later.
  bool OneName = Shouted && (W.size() <= 2 || Text.ends_with("{}"));
  if (First == "TRUNCATE")
    return At(1) == "TABLE" || At(1) == "NAME" || OneName ? SqlKind::Define
                                                          : SqlKind::None;
  if (First == "OPTIMIZE" || First == "ANALYZE" || First == "REINDEX")
    return At(1) == "TABLE" || OneName ? SqlKind::Define : SqlKind::None;
  if (First == "VACUUM")
    return W.size() <= 2 || OneName ? SqlKind::Define : SqlKind::None;
  if (First == "PREPARE") // of the session, in SQL
    return Shouted && has(W, "AS") ? SqlKind::Setting : SqlKind::None;
  if (First == "SET")
    return Shouted && (has(W, "=") || has(W, "TO")) ? SqlKind::Setting
                                                    : SqlKind::None;
  if (First == "BEGIN")
    return W.size() == 1 || AnyOf(1, {";", "TRANSACTION", "IMMEDIATE",
                                      "EXCLUSIVE", "DEFERRED", "WORK"})
               ? SqlKind::Begin
               : SqlKind::None;
  if (First == "START")
    return At(1) == "TRANSACTION" ? SqlKind::Begin : SqlKind::None;
  if (First == "SAVEPOINT")
    return W.size() <= 3 ? SqlKind::Begin : SqlKind::None;
  if (First == "COMMIT" || First == "END")
    return W.size() == 1 || AnyOf(1, {";", "TRANSACTION", "WORK"})
               ? SqlKind::Commit
               : SqlKind::None;
  if (First == "RELEASE") // the word SAVEPOINT may be left out
    return At(1) == "SAVEPOINT" || (Shouted && W.size() > 1 && W.size() <= 3)
               ? SqlKind::Commit
               : SqlKind::None;
  if (First == "ROLLBACK")
    return W.size() == 1 || AnyOf(1, {";", "TRANSACTION", "WORK", "TO"})
               ? SqlKind::Rollback
               : SqlKind::None;
  if (First == "PRAGMA")
    return SqlKind::Setting;
  if (First == "ATTACH" || First == "DETACH") // a few files, one by one
    return At(1) == "DATABASE" || (Shouted && W.size() <= 5) ? SqlKind::Setting
                                                             : SqlKind::None;
  if (First == "SHOW")
    return AnyOf(1, {"TABLES", "VARIABLES", "COLUMNS", "DATABASES", "INDEX",
                     "CREATE", "STATUS", "FULL"})
               ? SqlKind::Read
               : SqlKind::None;
  if (First == "COPY")
    return has(W, "FROM") || has(W, "TO") ? SqlKind::Other : SqlKind::None;
  if (First == "CALL")
    return At(2) == "(" ? SqlKind::Other : SqlKind::None;
  return SqlKind::None;
}

bool sqlNamesTable(std::string_view Text) {
  auto Hole = [](char C) { return C == '\x01' || C == '{' || C == '%'; };
  std::string Word, Last;
  bool Any = false;
  for (size_t I = 0; I < Text.size(); ++I) {
    unsigned char C = static_cast<unsigned char>(Text[I]);
    if (std::isalpha(C)) {
      Word += static_cast<char>(std::toupper(C));
      continue;
    }
    if (!Word.empty())
      Last = std::exchange(Word, "");
    if (std::isspace(C) || C == '"' || C == '`' || C == '[')
      continue;
    if (C == '?' || C == '$' || C == ':')
      return false; // bound values
    if (!Hole(Text[I])) {
      Last.clear();
      continue;
    }
    if (Last != "FROM" && Last != "INTO" && Last != "TABLE" && Last != "JOIN" &&
        Last != "UPDATE" && Last != "EXISTS")
      return false;
    Any = true;
    // "{schema}.{table}", "%1_%2": one name.
    while (I + 1 < Text.size() &&
           !std::isspace(static_cast<unsigned char>(Text[I + 1])))
      ++I;
  }
  return Any && sqlKind(Text) != SqlKind::None;
}

bool sqlIsOfSchema(std::string_view Text) {
  SqlKind Kind = sqlKind(Text);
  return Kind == SqlKind::Define || Kind == SqlKind::Setting ||
         sqlNamesTable(Text);
}

bool sqlIsBatch(std::string_view Text) {
  std::vector<std::string> W = words(Text, 12);
  return !W.empty() && W[0] == "COPY";
}

bool sqlTakesMany(std::string_view Text) {
  std::vector<std::string> W = words(Text, 4096);
  if (sqlKind(Text) == SqlKind::None)
    return false;
  auto At = [&](size_t I) -> std::string_view {
    return I < W.size() ? std::string_view(W[I]) : std::string_view();
  };
  // What a program puts in: a value that is bound, or a part of the text.
  auto Bound = [&](size_t I) {
    return At(I) == "$" || At(I) == "?" || At(I) == ":";
  };
  // "%s" and "{}" are holes of texts that are formatted.
  auto Hole = [&](size_t I) {
    return At(I) == "\x01" || (At(I) == "%" && At(I + 1) == "S") ||
           (At(I) == "{" && At(I + 1) == "}");
  };
  for (size_t I = 0; I + 1 < W.size(); ++I) {
    bool Opens = At(I + 1) == "(";
    if (W[I] == "VALUES" && Hole(I + 1))
      return true;
    if (W[I] == "IN" && Opens && Hole(I + 2))
      return true;
    if (!Opens || (W[I] != "ANY" && W[I] != "ALL" && W[I] != "UNNEST"))
      continue;
    size_t First = I + 2; // ANY(CAST($1 AS bigint[]))
    if (At(First) == "CAST" && At(First + 1) == "(")
      First += 2;
    if (Bound(First) || Hole(First))
      return true;
  }
  return false;
}

} // namespace perfidy
