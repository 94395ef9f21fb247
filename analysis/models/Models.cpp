//===- Models.cpp - which named API plays which role ----------------------===//
//
// Part of Perfidy. The schema says what a file may hold; what is left to check
// here is what fits together.
//
//===----------------------------------------------------------------------===//
#include "analysis/models/Models.h"
#include "analysis/models/Embedded.h"
#include "analysis/models/Schema.h"
#include <algorithm>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

namespace perfidy {

namespace {

/// One file, checked and understood, before it joins the others.
struct ModelFile {
  std::string Library;
  std::vector<std::pair<Model, int>> Functions; ///< with the lines of the names
  std::vector<std::pair<TypeModel, int>> Types;
  std::vector<std::pair<std::string, std::string>> Macros; ///< name, role
};

std::string text(const JsonValue &Entry, std::string_view Field) {
  const JsonValue *Value = Entry.find(Field);
  return Value ? Value->Text : std::string();
}

std::optional<int> number(const JsonValue &Entry, std::string_view Field) {
  const JsonValue *Value = Entry.find(Field);
  return Value ? std::optional<int>(static_cast<int>(Value->Int))
               : std::nullopt;
}

bool truth(const JsonValue &Entry, std::string_view Field) {
  const JsonValue *Value = Entry.find(Field);
  return Value && Value->Bool;
}

std::optional<Operand> operand(const JsonValue &Entry, std::string_view Field) {
  const JsonValue *Value = Entry.find(Field);
  if (!Value)
    return std::nullopt;
  if (Value->Type == JsonValue::Integer)
    return Operand{static_cast<int>(Value->Int)};
  return Operand{Value->Text == "this" ? Operand::This : Operand::Result};
}

/// The names of an entry; it may have one or an array of them.
std::vector<const JsonValue *> names(const JsonValue &Entry) {
  const JsonValue &Name = *Entry.find("name");
  if (Name.Type == JsonValue::String)
    return {&Name};
  std::vector<const JsonValue *> Result;
  for (const JsonValue &Item : Name.Items)
    Result.push_back(&Item);
  return Result;
}

/// True if every call that \p Later speaks of is one that \p Earlier takes.
bool covers(const Model &Earlier, const Model &Later) {
  if (Earlier.MinArguments.value_or(0) > Later.MinArguments.value_or(0) ||
      Earlier.MaxArguments.value_or(INT_MAX) <
          Later.MaxArguments.value_or(INT_MAX))
    return false;
  for (const auto &Type : Earlier.ArgumentTypes)
    if (auto Same = Later.ArgumentTypes.find(Type.first);
        Same == Later.ArgumentTypes.end() || Same->second != Type.second)
      return false;
  if (!Earlier.ArgumentValues.empty() &&
      Earlier.ArgumentValues != Later.ArgumentValues)
    return false;
  if (Earlier.ContainerKinds.empty())
    return true;
  if (!Later.Container ||
      Earlier.Container->Position != Later.Container->Position)
    return false; // the kinds are of different operands
  auto Takes = [&](const std::string &Kind) {
    return std::count(Earlier.ContainerKinds.begin(),
                      Earlier.ContainerKinds.end(), Kind) != 0;
  };
  return !Later.ContainerKinds.empty() &&
         std::all_of(Later.ContainerKinds.begin(), Later.ContainerKinds.end(),
                     Takes);
}

/// Turns a file that the schema allows into models.
class Reader {
public:
  /// \p Checked: no entry takes calls that another one takes, too.
  Reader(const JsonValue &File, bool Checked, ModelFile &Result)
      : File(File), Checked(Checked), Out(Result) {}

  JsonError read() {
    Out.Library = text(File, "library");
    if (JsonError Error = each("functions", &Reader::function))
      return Error;
    if (JsonError Error = each("types", &Reader::type))
      return Error;
    return each("macros", &Reader::macro);
  }

private:
  JsonError each(std::string_view Section,
                 JsonError (Reader::*Read)(const JsonValue &)) {
    if (const JsonValue *Entries = File.find(Section))
      for (const JsonValue &Entry : Entries->Items)
        if (JsonError Error = (this->*Read)(Entry))
          return Error;
    return {};
  }

  JsonError function(const JsonValue &Entry) {
    Model M;
    M.Role = text(Entry, "role");
    M.Library = Out.Library;
    M.Database = text(Entry, "database");
    bool OfDatabase = M.Role.starts_with("query.") ||
                      M.Role.starts_with("transaction.") ||
                      M.Role.starts_with("connection.");
    if (M.Database.empty() && OfDatabase)
      M.Database = text(File, "database");
    M.Cost = text(Entry, "cost");
    M.Runs = text(Entry, "runs");
    M.Lifetime = text(Entry, "lifetime");
    M.Sql = operand(Entry, "sql");
    M.Statement = operand(Entry, "statement");
    M.Connection = operand(Entry, "connection");
    M.Container = operand(Entry, "container");
    M.Key = operand(Entry, "key");
    M.Position = operand(Entry, "position");
    M.Callable = operand(Entry, "callable");
    M.Text = operand(Entry, "text");
    M.Handle = operand(Entry, "handle");
    M.Emitter = operand(Entry, "emitter");
    M.Event = operand(Entry, "event");
    M.Receiver = operand(Entry, "receiver");
    M.Token = operand(Entry, "token");
    M.Mode = operand(Entry, "mode");
    M.ModeUnique = number(Entry, "mode_unique").value_or(0);
    M.ModeOnce = number(Entry, "mode_once").value_or(0);
    M.Unique = truth(Entry, "unique");
    M.Completes = truth(Entry, "completes");
    M.Timer = truth(Entry, "timer");
    if (const JsonValue *Ends = Entry.find("ends"))
      for (const JsonValue &End : Ends->Items) {
        M.EndsWithReceiver |= End.Text == "receiver";
        M.EndsWithToken |= End.Text == "token";
        M.EndsAtOnce |= End.Text == "once";
        M.EndsWithFalse |= End.Text == "false";
      }
    M.MinArguments = number(Entry, "min_args");
    M.MaxArguments = number(Entry, "max_args");
    if (const JsonValue *Kinds = Entry.find("container_kinds"))
      for (const JsonValue &Kind : Kinds->Items)
        M.ContainerKinds.push_back(Kind.Text);
    auto Position = [](const JsonMember &Of, const char *Field) -> JsonError {
      if (Of.Name.find_first_not_of("0123456789") == std::string::npos &&
          !Of.Name.empty() && Of.Name.size() <= 3)
        return {};
      return {Of.Line, Of.Name,
              "is no number; " + std::string(Field) +
                  " counts arguments from \"0\""};
    };
    if (const JsonValue *Types = Entry.find("argument_types"))
      for (const JsonMember &Type : Types->Members) {
        if (JsonError Error = Position(Type, "argument_types"))
          return Error;
        M.ArgumentTypes[std::atoi(Type.Name.c_str())] = Type.Value.Text;
      }
    if (const JsonValue *Values = Entry.find("argument_values"))
      for (const JsonMember &Value : Values->Members) {
        if (JsonError Error = Position(Value, "argument_values"))
          return Error;
        for (const JsonValue &Item : Value.Value.Items)
          M.ArgumentValues[std::atoi(Value.Name.c_str())].push_back(
              static_cast<int>(Item.Int));
      }
    if (JsonError Error = checkTogether(Entry, M))
      return Error;

    for (const JsonValue *Name : names(Entry)) {
      M.Name = Name->Text;
      if (!Checked)
        if (JsonError Error = checkReached(M, Name->Line))
          return Error;
      Out.Functions.emplace_back(M, Name->Line);
    }
    return {};
  }

  /// An entry that another stands in front of never speaks.
  JsonError checkReached(const Model &M, int Line) {
    std::vector<size_t> &Others = SameName[M.Name];
    for (size_t Other : Others)
      if (covers(Out.Functions[Other].first, M))
        return {Line, "name",
                "'" + M.Name + "' stands on line " +
                    std::to_string(Out.Functions[Other].second) +
                    " already, for the same calls; drop one, or tell the "
                    "calls apart by min_args, max_args, container_kinds, "
                    "argument_types or argument_values, the narrower one "
                    "first"};
    Others.push_back(Out.Functions.size());
    return {};
  }

  /// Fields that mean nothing beside each other.
  JsonError checkTogether(const JsonValue &Entry, const Model &M) {
    if (M.MinArguments && M.MaxArguments && *M.MinArguments > *M.MaxArguments)
      return {Entry.find("min_args")->Line, "min_args",
              "is " + std::to_string(*M.MinArguments) +
                  ", more than max_args; no call has such a number of "
                  "arguments"};
    if (!M.Lifetime.empty() && M.Role != "connection.open")
      return {Entry.find("lifetime")->Line, "lifetime",
              "says nothing about role '" + M.Role +
                  "'; only connection.open has one"};
    if (M.Role == "listener.add" && !M.Callable && !M.Receiver)
      return {Entry.Line, "callable",
              "is missing; listener.add must say which operand is the handler "
              "('callable') or the object that listens ('receiver')"};
    if ((M.ModeUnique || M.ModeOnce) && !M.Mode)
      return {Entry.Line, "mode",
              "is missing; mode_unique and mode_once are bits of it"};
    if (!M.Runs.empty() && !M.Callable)
      return {Entry.find("runs")->Line, "runs",
              "says when the callable runs, but there is no field 'callable' "
              "to say which operand that is"};
    if (!M.ContainerKinds.empty() && !M.Container)
      return {Entry.find("container_kinds")->Line, "container_kinds",
              "speaks of the container, but there is no field 'container' to "
              "say which operand that is"};
    return {};
  }

  JsonError type(const JsonValue &Entry) {
    TypeModel T;
    T.Role = text(Entry, "role");
    T.Kind = text(Entry, "kind");
    T.Holds = text(Entry, "holds");
    T.Library = Out.Library;
    if (T.Role == "container" && T.Kind.empty())
      return {Entry.Line, "kind",
              "is missing; a container must say how it holds its elements"};
    if (T.Role != "container" && !T.Kind.empty())
      return {Entry.find("kind")->Line, "kind",
              "says nothing about role '" + T.Role +
                  "'; only a container has one"};
    bool Handle = T.Role.starts_with("request") && T.Holds == "shared";
    if (T.Role != "pointer" && !Handle && !T.Holds.empty())
      return {Entry.find("holds")->Line, "holds",
              "says nothing about role '" + T.Role +
                  "'; only a pointer holds what it points to"};
    for (const JsonValue *Name : names(Entry)) {
      T.Name = Name->Text;
      if (JsonError Error = checkOnce(*Name, TypeLines))
        return Error;
      Out.Types.emplace_back(T, Name->Line);
    }
    return {};
  }

  JsonError macro(const JsonValue &Entry) {
    for (const JsonValue *Name : names(Entry)) {
      if (JsonError Error = checkOnce(*Name, MacroLines))
        return Error;
      Out.Macros.emplace_back(Name->Text, text(Entry, "role"));
    }
    return {};
  }

  JsonError checkOnce(const JsonValue &Name,
                      std::map<std::string, int> &Lines) {
    auto [Other, New] = Lines.emplace(Name.Text, Name.Line);
    if (New)
      return {};
    return {Name.Line, "name",
            "'" + Name.Text + "' stands on line " +
                std::to_string(Other->second) + " already; drop one"};
  }

  const JsonValue &File;
  bool Checked;
  ModelFile &Out;
  std::map<std::string, std::vector<size_t>> SameName;
  std::map<std::string, int> TypeLines, MacroLines;
};

/// \p Checked: perfidy-check-models has found it right when this was built; to
/// look again takes longer than to read it.
JsonError readModelFile(std::string_view Text, bool Checked,
                        ModelFile &Result) {
  JsonValue File;
  if (JsonError Error = parseJson(Text, File))
    return Error;
  if (!Checked)
    if (JsonError Error = Schema::embedded().check(File))
      return Error;
  return Reader(File, Checked, Result).read();
}

/// FNV-1a from two starts, on top of what stands in \p Hash.
std::string chainHash(const std::string &Hash, std::string_view Text) {
  uint64_t Halves[] = {0xcbf29ce484222325u, 0x9ae16a3b2f90404fu};
  for (uint64_t &Half : Halves) {
    for (std::string_view Part : {std::string_view(Hash), Text})
      for (unsigned char C : Part)
        Half = (Half ^ C) * 0x100000001b3u;
  }
  char Buffer[33];
  std::snprintf(Buffer, sizeof(Buffer), "%016llx%016llx",
                static_cast<unsigned long long>(Halves[0]),
                static_cast<unsigned long long>(Halves[1]));
  return Buffer;
}

} // namespace

const Models &Models::builtin() {
  static const Models Instance = [] {
    Models Result;
    for (const std::string &Name : embeddedModels()) {
      std::string Error;
      if (!Result.add(embeddedText(modelParts(), Name), Name, /*Checked=*/true,
                      Error)) {
        std::fprintf(stderr, "perfidy: %s\n", Error.c_str());
        std::abort(); // perfidy-check-models has let a wrong file through
      }
    }
    return Result;
  }();
  return Instance;
}

bool Models::addFile(const std::string &Path, std::string &Error) {
  std::ifstream In(Path, std::ios::binary);
  std::string Text;
  std::getline(In, Text, '\0'); // JSON holds no such character
  if (!In.is_open() || In.bad()) {
    Error = Path + ":1: field 'library': cannot read the file; it must be a "
                   "model as docs/models.md describes it";
    return false;
  }
  return addText(Text, Path, Error);
}

bool Models::addText(std::string_view Json, const std::string &FileName,
                     std::string &Error) {
  return add(Json, FileName, /*Checked=*/false, Error);
}

bool Models::add(std::string_view Json, const std::string &FileName,
                 bool Checked, std::string &Error) {
  ModelFile File;
  if (JsonError Wrong = readModelFile(Json, Checked, File)) {
    // Without any field the file is none: the first that it needs is named.
    Error = FileName + ":" + std::to_string(Wrong.Line) + ": field '" +
            (Wrong.Field.empty() ? "library" : Wrong.Field) +
            "': " + Wrong.What;
    return false;
  }

  // What is added last comes first, in the order its file has.
  std::map<std::string, std::vector<Model>> ByName;
  for (auto &[Function, Line] : File.Functions)
    ByName[Function.Name].push_back(std::move(Function));
  for (auto &[Name, Entries] : ByName) {
    std::vector<Model> &All = Functions[Name];
    std::move(All.begin(), All.end(), std::back_inserter(Entries));
    All = std::move(Entries);
    if (size_t Colons = Name.rfind("::"); Colons != std::string::npos)
      Classes[Name.substr(0, Colons)] = true;
  }
  for (auto &[Type, Line] : File.Types) {
    Classes[Type.Name] = true;
    Types[Type.Name] = std::move(Type);
  }
  for (auto &[Name, Role] : File.Macros)
    Macros[Name] = Role;
  Libraries.push_back(File.Library);
  Hash = chainHash(Hash, Json);
  return true;
}

const std::vector<Model> &Models::functions(const std::string &Name) const {
  static const std::vector<Model> Nothing;
  auto Found = Functions.find(Name);
  return Found == Functions.end() ? Nothing : Found->second;
}

const TypeModel *Models::type(const std::string &Name) const {
  auto Found = Types.find(Name);
  return Found == Types.end() ? nullptr : &Found->second;
}

std::string_view Models::macro(const std::string &Name) const {
  auto Found = Macros.find(Name);
  return Found == Macros.end() ? std::string_view() : Found->second;
}

bool Models::knowsClass(const std::string &ClassName) const {
  return Classes.count(ClassName) != 0;
}

std::string Models::fingerprint() const { return Hash; }

std::vector<std::string> Models::libraries() const { return Libraries; }

} // namespace perfidy
