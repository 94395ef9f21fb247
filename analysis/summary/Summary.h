//===- Summary.h - the facts of one translation unit ------------*- C++ -*-===//
//
// Part of Perfidy. Plain, serialisable data: no clang type, no pointer, no
// verdict. The extractor writes it, the linker reads it, the cache stores it.
//
// The words are those of Clang's Scalable Static Analysis Framework: entity,
// TU summary, entity linker.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_ANALYSIS_SUMMARY_SUMMARY_H
#define PERFIDY_ANALYSIS_SUMMARY_SUMMARY_H

#include "analysis/summary/Compact.h"
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace perfidy {

/// Raised whenever a field below changes its meaning; a reader refuses others.
inline constexpr unsigned SummaryVersion = 7;

/// A position in one of the summary's own arrays; None where there is none.
using Index = int32_t;
inline constexpr Index None = -1;

/// A place in a file. Line and column count from 1, the offset in bytes from 0.
/// For code that a macro wrote, the place where the user wrote the macro.
struct Location {
  Index File = None; ///< into TUSummary::Files
  uint32_t Line = 0;
  uint32_t Column = 0;
  uint32_t Offset = 0;

  bool valid() const { return File != None; }
  bool operator==(const Location &) const = default;
};

/// Where an access path starts.
enum class Root : uint8_t {
  Unknown,
  Parameter, ///< Position = which; a lambda's captures follow its parameters
  This,
  Local,  ///< Position into Function::Locals
  Global, ///< Name = qualified name
  Result, ///< Position into Function::Calls: what that call returned
};

/// "param0.posts", "this.users", "local3[].id": a root and the fields walked.
/// "[]" is an element, "name()" the result of a const accessor.
/// Dereferencing and taking the address leave a path as it is.
struct AccessPath {
  Root Base = Root::Unknown;
  Index Position = None;
  SharedText Name;
  Few<SharedText> Fields;

  bool known() const { return Base != Root::Unknown; }
  bool operator==(const AccessPath &) const = default;
  auto operator<=>(const AccessPath &) const = default;
};

/// True where \p Prefix names \p Path itself or an object that holds it.
bool isPrefix(const AccessPath &Prefix, const AccessPath &Path);

/// What is known of an expression's value.
struct Value {
  AccessPath Path;
  /// How the source writes it, shortened; what messages quote.
  SharedText Spelling;
  /// Loops (of this function, enclosing the use) whose iterations change the
  /// value.
  Few<Index> Varies;
  /// Loops whose iterations make the path denote another object. A container
  /// that grows in a loop varies with it and stays the same object.
  Few<Index> OtherObject;
  /// Parameters, fields of this and globals the value is computed from.
  Few<AccessPath> Inputs;
  /// Those that decide which object the path denotes: the key in "map[key]".
  Few<AccessPath> ChosenBy;
  /// SQL or other text as far as it can be read; unknown parts are "\x01".
  std::optional<SharedText> Text;
  /// Set if the value is an integer known at compile time.
  std::optional<int64_t> Constant;
  /// A callable: USR of the lambda or function it denotes.
  SharedText Callable;
  /// What the lambda in Callable captured, in the order of its captures.
  Few<Value> Captures;
  /// A copy of a container is made to pass this value.
  bool Copies = false;
  /// A callable that is handed over as an object of its own: by value, as a
  /// std::function. Who takes it so can keep it.
  bool HandedOver = false;
  /// The extractor's own while a body is being read; never serialised.
  Index Draft = None;
  /// A container that is a member: "Class::field", or the USR of the accessor
  /// that returns it. See TUSummary::Filled.
  SharedText Member;
};

enum class BoundKind : uint8_t {
  Unknown,
  Const,     ///< Count says how many
  SizeOf,    ///< as many as Range has elements
  ValueOf,   ///< as many as the number in Range says
  ResultSet, ///< as many as a query returned rows
  Stream,    ///< as many as an input gives
};

enum class LoopForm : uint8_t {
  For,
  While,
  Do,
  RangeFor,
  Algorithm, ///< a call that runs a callable once per element
};

/// What makes the loop go on.
enum class ConditionKind : uint8_t {
  None,     ///< for (;;), while (true), range-for
  Count,    ///< an iterator or number is compared with an end
  NotEmpty, ///< while (!queue.empty()); Range is the queue
  Flag,     ///< a bool or atomic that the body itself does not set
  Call,     ///< the result of a call in the condition
  Other,
};

/// A loop of a function body. What kind it is (batch, retry, service ...) is
/// decided over these facts by the linker: link/Nature.h.
struct Loop {
  Index Parent = None; ///< the loop around it, None outside of loops
  LoopForm Form = LoopForm::For;
  Location Begin;
  Location End;
  BoundKind Bound = BoundKind::Unknown;
  int64_t Count = 0;
  Value Range; ///< what is walked, or the number that bounds it
  ConditionKind Condition = ConditionKind::None;
  /// The variable that holds the element or counter, if it is a local.
  Index Element = None;
  /// Calls evaluated in the condition, in order.
  Few<Index> ConditionCalls;
  /// Locals the condition reads.
  Few<Index> ConditionLocals;
  /// How far one round steps: 1, another constant, or 0 if not a constant.
  int64_t Step = 1;
  bool Steps = false;           ///< a counter or iterator is stepped at all
  bool Down = false;            ///< it is stepped down
  bool LeavesSometimes = false; ///< a break, return, throw or goto is inside
  bool OneShot = false;         ///< do {} while (0), Q_FOREACH's inner loop
  Few<Index> Guards;            ///< conditions above the loop
  /// Loops around it that are always left after it in the same round.
  Few<Index> Leaves;
  /// The body does nothing but act on elements that compare equal to a key:
  /// position into Function::Compares, None if it does more.
  Index Selects = None;
  /// Fields of this that the function itself changes in the loop.
  Few<AccessPath> Changes;
  /// The elements, where they are written down: for (x : {first_, second_}).
  Few<AccessPath> Listed;
};

enum class GuardKind : uint8_t {
  Condition, ///< any other
  Passed,    ///< what is left after "if (...) return": the usual way on
  Memo,      ///< reads what the guarded code writes: cache miss, one-shot flag
  Once,      ///< the first or last round only, or until a flag is set
  Flush,     ///< an accumulated size has reached a limit, or every n-th round
  ErrorPath, ///< a catch handler or the branch of a failure that leaves
  Rare,      ///< equal to one constant among many
  Selected,  ///< equal to another value: few of many pass
};

/// A parameter must equal (or not equal) a constant.
struct Need {
  Index Parameter = None;
  int64_t Constant = 0;
  bool Equal = true;
  bool operator==(const Need &) const = default;
};

/// A condition that must hold for the code below it to run.
struct Guard {
  GuardKind Kind = GuardKind::Condition;
  Index Loop = None; ///< the innermost loop around the condition
  Location Where;
  /// Memo: what is remembered. It does not hold for a loop whose every round
  /// remembers in another object.
  Value Subject;
  /// Fields, globals and parameters the condition reads; the linker makes the
  /// guard a Memo if a callee below it writes one of them.
  Few<AccessPath> Reads;
  Few<Need> Needs; ///< all of them
  /// Containers that hold no more than some limit here.
  Few<AccessPath> Limited;
  bool Case = false; ///< of a switch: for one value at a time
};

/// An equality between an element of a loop and a key.
struct Compare {
  Index Loop = None; ///< the innermost loop around it
  Location Where;
  Value Left, Right;
  bool Negated = false;
  Few<Index> Guards;
};

/// Where in its container an insertion or removal happens.
enum class Place : uint8_t { Unknown, Front, Middle, Back };

enum class CallForm : uint8_t {
  Plain,
  Member,
  Operator,
  Constructor,
  Destructor,
  Implicit, ///< a call the source does not write as one (callable run per
            ///< element)
};

/// A call of a function with a known name. Only calls that can matter are
/// kept: of modelled API, of functions outside of system headers, and those
/// that are given SQL text or a callable.
struct Call {
  SharedText Callee; ///< USR; empty if only the name is known
  SharedText Name;   ///< qualified, without template arguments
  CallForm Form = CallForm::Plain;
  Location Where;
  Index Loop = None;
  Few<Index> Guards;
  /// Loops that are always left after this call in the same round.
  Few<Index> Leaves;
  /// Loops that are left if the call succeeds.
  Few<Index> LeavesOnSuccess;
  /// Loops that go on or end by what the call returned.
  Few<Index> Decides;
  bool Virtual = false;     ///< dispatched at run time
  bool System = false;      ///< declared in a system header
  bool TextResult = false;  ///< returns text: builds or reads, hardly executes
  bool InCondition = false; ///< of its innermost loop
  bool Later = false;       ///< not run here: posted, stored, another thread
  /// Implicit: the call that takes the callable, None if that is not kept.
  Index Taker = None;
  /// Later: the callable is dropped once it has run.
  bool Completes = false;
  bool Timer = false; ///< Later: nothing but time runs it
  /// Later: what the call makes waits for the callable when it dies.
  bool Joins = false;
  bool Temporary = false; ///< what it makes dies at the end of the statement
  Value Receiver;         ///< the object of a member call
  Few<Value> Arguments;
  /// The local or field that takes the result, if one does; for a constructor
  /// the object that is made.
  AccessPath Target;

  // Filled from the models; Role is empty for what no model names.
  SharedText Role;     ///< "query.execute", "container.lookup" ...
  SharedText Database; ///< "remote", "embedded"; empty if not one
  SharedText Library;
  SharedText
      Lifetime; ///< of what connection.open opens; see models/schema.json
  Seldom<Value> Subject;    ///< container, statement or connection acted upon
  Seldom<Value> Key;        ///< what is looked up; the bound values of a query
  Seldom<Value> Connection; ///< what a query is sent over
  Place At = Place::Unknown;
  Seldom<Value> Runner;     ///< the loop or pool that runs a callable later
  Seldom<Value>
      Spot; ///< the position or count from the start that At is taken from
  /// Executes a statement that was compiled before.
  bool Prepared = false;
  std::optional<SharedText> Sql; ///< statement text as far as readable
  AccessPath SqlPath;            ///< where an unreadable text comes from
  /// The Subject's type has constant size: std::array, a constant table.
  bool FixedExtent = false;
};

/// A variable of the function.
struct Local {
  SharedText Name;
  /// Qualified class name without template arguments; of a (smart) pointer the
  /// pointee's.
  SharedText Type;
  Index Loop = None; ///< declared in this loop
  Location Where;
  bool Static = false; ///< static or thread_local
  bool Reference = false;
  bool Pointer = false; ///< a raw pointer: its scope ends nothing
  bool Owns = false;    ///< a smart pointer: its scope ends what it points to
  bool Range = false;   ///< has elements of its own
  bool Fixed = false;   ///< filled element by element, outside of loops
  bool Escapes = false; ///< returned, stored, moved away, captured to outlive
  bool Fresh = false;   ///< an object made here: by value, by new, make_unique
  AccessPath Of;        ///< a smart pointer: what it was copied from
};

struct Parameter {
  SharedText Name;
  SharedText Type;
  bool ByValue = false;
  bool Mutable = false;           ///< non-const reference or pointer
  bool Replaced = false;          ///< made another value, not of its old one
  bool Served = false;            ///< a request that a server got
  std::optional<int64_t> Default; ///< if it has one that is an integer
};

/// How a field or variable has the object that its type names.
enum class Holds : uint8_t {
  Value,
  Alone,  ///< unique_ptr: nobody else does
  Shared, ///< shared_ptr
  Weak,   ///< weak_ptr: does not keep it alive, and knows
  Pointer,
  Reference,
};

/// Something put into a field, a global or what a parameter refers to: it
/// lives on when the function has returned.
struct Keep {
  AccessPath Into;
  Value What;
  Location Where;
  bool Fresh = false;   ///< an object made for it
  bool Appends = false; ///< Into is a container that grows by it
  bool Unique = false;  ///< and holds one of a kind only: a set, a map
  bool Ends = false;    ///< What is a token; Into takes its listener off
  bool Weak = false;    ///< Into does not keep What alive, and knows
  Few<Index> Guards;
};

enum class TokenFate : uint8_t {
  None,     ///< there is no token
  Dropped,  ///< nobody takes it
  Kept,     ///< in Registration::Token
  Returned, ///< the caller's
  Passed,   ///< given to a call
};

/// A listener is put on, or taken off.
struct Registration {
  bool Adds = true;
  Index Call = None; ///< that does it
  Value Emitter;     ///< the object that keeps the listener
  SharedText EmitterType;
  /// Qualified name of the signal, the text of a name; empty for all or one.
  SharedText Event;
  Value EventGiven; ///< if Event is not known here
  Value Listener;   ///< the object the handler acts for
  SharedText ListenerType;
  SharedText Handler; ///< name of the function, USR of the lambda
  Value HandlerGiven; ///< if Handler is not known here
  Value Token;        ///< where the token is kept; of a removal the token given
  TokenFate Fate = TokenFate::None;
  bool Appended = false; ///< the token joins others in a container
  bool Scoped = false;   ///< the token's end takes the listener off
  bool EndsWithReceiver = false;
  bool Once = false;      ///< gone after its first run
  bool Unique = false;    ///< the same pair again changes nothing
  bool Tracked = false;   ///< gone with an object that it tracks
  bool Owns = false;      ///< the handler keeps Listener alive
  bool Inline = false;    ///< the handler is a lambda or a bound function
  bool Generic = false;   ///< found by the pair of names, by no model
  SharedText Inverse;     ///< Generic: the method that takes off
  bool Fresh = false;     ///< the listener is an object made for it
  bool WhileTrue = false; ///< gone as soon as the handler returns false
  Index Taker = None;     ///< Passed: the call that gets the token
  uint32_t TakenAs = 0;   ///< Passed: as which of its arguments
};

/// A return or throw behind a registration.
struct Exit {
  Location Where;
  Index Call = None; ///< the last call before it
  Few<Index> Guards;
  Few<Index> Tests; ///< calls whose results those guards read
};

enum class CaptureKind : uint8_t { Copy, Reference, This, Init };

/// One mention of a captured object in the lambda's body.
struct Use {
  Location Where;
  uint32_t Length = 0; ///< of the text in bytes, 0 if a macro wrote it
  std::string Text;    ///< "req.path()"; empty: the object as a whole
  std::string Name;    ///< "path": what the part could be called
  std::string Field;   ///< the object's own field that the part is in, if any
  bool OfThis = false; ///< named through this, not through the capture
  bool Bulk = false;   ///< a container, or a pointer to data: what weighs
  /// The part as a value that owns its data; empty if that cannot be said.
  std::string Owning;
};

/// An object that a lambda holds.
struct Capture {
  std::string Name;
  CaptureKind Kind = CaptureKind::Copy;
  bool Implicit = false; ///< by [=] or [&]
  bool Moved = false;    ///< [x = std::move(x)]
  /// Its text in the introducer; Implicit: the end of the introducer.
  Location Where;
  uint32_t Length = 0;
  bool Editable = false; ///< no macro wrote it
  std::string Type;      ///< class, looked through pointers
  Holds How = Holds::Value;
  Value Of; ///< what was captured, in the function around
  /// The variable of the function around that it refers to, or to a part of,
  /// and that nothing keeps; what is said of the class is said of this one's.
  AccessPath Borrowed;
  bool OfThis = false;     ///< a shared pointer to this
  bool Request = false;    ///< a model says so
  unsigned Members = 0;    ///< data members of the class
  unsigned Containers = 0; ///< among them, that are no text
  std::string Contents;    ///< "2 maps, 1 string": those that hold others
  bool Costly = false;     ///< to hold; see analysis/extract/Contents.h
  std::vector<Use> Uses;   ///< in the order of the text
};

/// What another callable than a lambda holds: an argument of std::bind or of a
/// thread's function, a field of a function object.
struct Bound {
  Capture Held;
  std::string Callable;  ///< name of what runs; empty: a lambda
  Index Taker = None;    ///< the call that takes it
  uint32_t Argument = 0; ///< of Taker: the callable
};

struct Field {
  std::string Name;
  std::string Type; ///< class, looked through pointers
  Holds How = Holds::Value;
  bool Request = false;
  bool Costly = false; ///< to hold; a class of the project's
};

/// A class of the project.
struct Class {
  std::string Name; ///< qualified, without template arguments
  Location Where;
  std::vector<std::string> Bases; ///< direct ones
  std::vector<Field> Fields;
  std::string Destructor; ///< USR of one that somebody wrote
};

enum class EntityKind : uint8_t {
  Function,
  Method,
  Constructor,
  Destructor,
  Lambda,
  Main,
};

/// A function, method or lambda with the facts of its body.
struct Function {
  SharedText Usr;  ///< internal linkage: made unique by the file's path
  SharedText Name; ///< qualified, without template arguments
  EntityKind Kind = EntityKind::Function;
  Location Where;
  Location End;
  SharedText Class;  ///< qualified name of the class
  SharedText Parent; ///< lambda: USR of the function around it
  std::vector<Parameter> Parameters;
  Few<SharedText> Overrides; ///< USRs of the methods it overrides
  bool Virtual = false;
  bool Test = false;       ///< defined by a test framework's macro
  bool Template = false;   ///< an instantiation, or an uninstantiated pattern
  bool StaticInit = false; ///< runs before main
  bool Event = false;      ///< a library runs it whenever something happens
  std::vector<Local> Locals;
  std::vector<Loop> Loops;
  Few<Guard> Guards;
  Few<Compare> Compares;
  std::vector<Call> Calls;
  /// Fields, globals and parameters written here.
  Few<AccessPath> Writes;
  /// Every path that a return statement names: an accessor's field, the result
  /// of call k.
  Few<AccessPath> Returns;
  /// Returns a container that is filled outside of loops, element by element:
  /// as long as the source says.
  bool ReturnsFixed = false;
  Few<Keep> Keeps;
  Few<Registration> Registrations;
  Few<Exit> Exits;
  /// Fields and locals with a callable, or with several, that it runs.
  Few<AccessPath> Runs;
  /// Every return statement says true.
  bool NeverFalse = false;
  Few<Capture> Captures; ///< lambda: objects of classes that it holds
  Few<Bound> Bounds;     ///< given here to others to hold
  /// The SQL that it puts together and returns, as far as readable.
  SharedText ReturnsText;
  /// The member container that every return statement names.
  SharedText ReturnsMember;
};

/// A place that a remark leads through.
struct RemarkNote {
  Location Where;
  std::string Message;
};

/// Replaces Length bytes at Where by Text.
struct RemarkEdit {
  Location Where;
  uint32_t Length = 0;
  std::string Text;
};

/// What a check of clang-tidy's own said in the same parse.
struct Remark {
  std::string Check; ///< "performance-for-range-copy"
  Location Where;
  std::string Message;
  std::string Function; ///< USR of the function around, if that has facts
  std::vector<RemarkNote> Notes;
  std::vector<RemarkEdit> Fixes;
};

/// Calls \p Visit with every location in \p Of.
template <class RemarkType, class Callback>
void forEachPlace(RemarkType &Of, const Callback &Visit) {
  Visit(Of.Where);
  for (auto &Each : Of.Notes)
    Visit(Each.Where);
  for (auto &Each : Of.Fixes)
    Visit(Each.Where);
}

/// As above, for a function.
template <class Callback>
void forEachPlace(Function &Of, const Callback &Visit) {
  Visit(Of.Where);
  Visit(Of.End);
  auto VisitAll = [&](auto &List) {
    for (auto &Each : List)
      Visit(Each.Where);
  };
  VisitAll(Of.Locals);
  for (Loop &Each : Of.Loops) {
    Visit(Each.Begin);
    Visit(Each.End);
  }
  VisitAll(Of.Guards);
  VisitAll(Of.Compares);
  VisitAll(Of.Calls);
  VisitAll(Of.Keeps);
  VisitAll(Of.Exits);
  auto VisitHeld = [&](Capture &Held) {
    Visit(Held.Where);
    VisitAll(Held.Uses);
  };
  for (Capture &Each : Of.Captures)
    VisitHeld(Each);
  for (Bound &Each : Of.Bounds)
    VisitHeld(Each.Held);
}

struct File {
  std::string Path;  ///< absolute, without . and ..
  bool Test = false; ///< uses a test framework's macros
};

/// All facts of one translation unit.
struct TUSummary {
  std::string MainFile;
  std::vector<File> Files;
  std::vector<Function> Functions; ///< sorted by USR
  std::vector<Class> Classes;      ///< sorted by name
  /// Member containers ("Class::field") that are filled from a list, or element
  /// by element outside of loops, when their object is made.
  std::vector<std::string> Filled;
  /// Member containers that may grow elsewhere. Those that are Filled and in no
  /// unit Grown are as long as the source says.
  std::vector<std::string> Grown;
  /// USRs whose address is taken: handlers, slots, callbacks.
  std::vector<std::string> AddressTaken;
  std::vector<Remark> Remarks;
  /// First error of the compiler, empty if there was none.
  std::string Error;
};

} // namespace perfidy

#endif // PERFIDY_ANALYSIS_SUMMARY_SUMMARY_H
