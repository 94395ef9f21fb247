//===- Fields.h - the fields of a summary, by name --------------*- C++ -*-===//
//
// Part of Perfidy. Private to analysis/summary. Every struct of Summary.h is
// listed once, with all its fields; writer, reader and index check are written
// against fields() and never name one.
//
// A field that is added to a struct and not listed here does not compile: the
// structured binding in fields() then has too few names. Fields after BUT are
// known and not kept.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_ANALYSIS_SUMMARY_FIELDS_H
#define PERFIDY_ANALYSIS_SUMMARY_FIELDS_H

#include "analysis/summary/Summary.h"

namespace perfidy {

// FOR_EACH(MACRO, a, b, c) is MACRO(a) MACRO(b) MACRO(c), for up to 64 names.
#define PERFIDY_PARENS ()
#define PERFIDY_EXPAND(...) PERFIDY_EXPAND2(PERFIDY_EXPAND2(__VA_ARGS__))
#define PERFIDY_EXPAND2(...) PERFIDY_EXPAND3(PERFIDY_EXPAND3(__VA_ARGS__))
#define PERFIDY_EXPAND3(...) PERFIDY_EXPAND4(PERFIDY_EXPAND4(__VA_ARGS__))
#define PERFIDY_EXPAND4(...) PERFIDY_EXPAND5(PERFIDY_EXPAND5(__VA_ARGS__))
#define PERFIDY_EXPAND5(...) PERFIDY_EXPAND6(PERFIDY_EXPAND6(__VA_ARGS__))
#define PERFIDY_EXPAND6(...) __VA_ARGS__
#define PERFIDY_FOR_EACH(MACRO, ...)                                           \
  __VA_OPT__(PERFIDY_EXPAND(PERFIDY_FOR_EACH_STEP(MACRO, __VA_ARGS__)))
#define PERFIDY_FOR_EACH_STEP(MACRO, FIRST, ...)                               \
  MACRO(FIRST)                                                                 \
  __VA_OPT__(PERFIDY_FOR_EACH_AGAIN PERFIDY_PARENS(MACRO, __VA_ARGS__))
#define PERFIDY_FOR_EACH_AGAIN() PERFIDY_FOR_EACH_STEP

#define PERFIDY_VISIT(FIELD) Visit(#FIELD, Struct.FIELD);
#define PERFIDY_BUT(...) __VA_OPT__(, ) __VA_ARGS__

/// fields(Struct, Visit) calls Visit(name, field) for every field that is kept.
#define PERFIDY_FIELDS(TYPE, BUT, ...)                                         \
  template <class Visitor> void fields(TYPE &Struct, Visitor &&Visit) {        \
    {                                                                          \
      [[maybe_unused]] auto &[__VA_ARGS__ PERFIDY_BUT BUT] = Struct;           \
    }                                                                          \
    PERFIDY_FOR_EACH(PERFIDY_VISIT, __VA_ARGS__)                               \
  }                                                                            \
  template <class Visitor> void fields(const TYPE &Struct, Visitor &&Visit) {  \
    PERFIDY_FOR_EACH(PERFIDY_VISIT, __VA_ARGS__)                               \
  }

// clang-format off
PERFIDY_FIELDS(Location, (), File, Line, Column, Offset)
PERFIDY_FIELDS(AccessPath, (), Base, Position, Name, Fields)
PERFIDY_FIELDS(Value, (Draft),
  Path, Spelling, Varies, OtherObject, Inputs, ChosenBy, Text, Constant, Callable,
  Captures, Copies, HandedOver, Member)
PERFIDY_FIELDS(Loop, (),
  Parent, Form, Begin, End, Bound, Count, Range, Condition, Element,
  ConditionCalls, ConditionNegated, ConditionLocals, Step, Steps,
  Down, LeavesSometimes, OneShot, Guards, Leaves, Selects, Changes)
PERFIDY_FIELDS(Need, (), Parameter, Constant, Equal)
PERFIDY_FIELDS(Guard, (), Kind, Loop, Where, Subject, Reads, Needs, Limited)
PERFIDY_FIELDS(Compare, (),
  Loop, Where, Left, Right, Negated, Guards)
PERFIDY_FIELDS(Call, (),
  Callee, Name, Form, Where, Loop, Guards, Leaves, LeavesOnSuccess, Decides,
  Virtual, System, TextResult, InCondition, Later, Taker, Completes, Joins, Temporary, Receiver, Arguments, Target, Role,
  Database, Library, Lifetime, Subject, Key, Connection, At, Spot, Prepared, Sql,
  SqlPath, FixedExtent)
PERFIDY_FIELDS(Local, (),
  Name, Type, Loop, Where, Static, Reference, Pointer, Owns, Range, Fixed, Escapes,
  Fresh, OfThis)
PERFIDY_FIELDS(Parameter, (), Name, Type, ByValue, Mutable, Replaced, Default)
PERFIDY_FIELDS(Store, (), Into, What, Where, Fresh, Appends, Unique, Guards)
PERFIDY_FIELDS(Registration, (),
  Adds, Call, Emitter, EmitterType, Event, EventGiven, Listener, ListenerType, Handler, HandlerGiven,
  Token, Fate, Appended, Scoped, EndsWithReceiver, Once, Unique, Tracked, Owns, Inline,
  Generic, Inverse)
PERFIDY_FIELDS(Use, (), Where, Length, Text, Name, Owning)
PERFIDY_FIELDS(Capture, (),
  Name, Kind, Implicit, Moved, Where, Length, Editable, Type, How, Of, OfThis, Request, Members,
  Contents, Containers, Texts, Size, Trivial, Uses)
PERFIDY_FIELDS(Field, (), Name, Type, How, Scoped, Request)
PERFIDY_FIELDS(Class, (), Name, Where, Bases, Fields, Destructor, Trackable, Object)
PERFIDY_FIELDS(Function, (),
  Usr, Name, Kind, Where, End, Class, Parent, Parameters, Overrides, ReturnType,
  Virtual, Test, Template, StaticInit, Event, Locals, Loops, Guards, Compares, Calls,
  Writes, Returns, ReturnsFixed, ReturnsText, ReturnsMember, Stores, Registrations, Captures)
PERFIDY_FIELDS(File, (), Path, Test)
PERFIDY_FIELDS(TUSummary, (), MainFile, Files, Functions, Classes, Filled, Grown, AddressTaken, Error)
// clang-format on

// The names of enumerators; null above the last, so that they can be counted.
#define PERFIDY_CASE(NAME)                                                     \
  case Enum::NAME:                                                             \
    return #NAME;
#define PERFIDY_ENUM(TYPE, ...)                                                \
  inline const char *enumerator(TYPE Of) {                                     \
    using Enum = TYPE;                                                         \
    switch (Of) { PERFIDY_FOR_EACH(PERFIDY_CASE, __VA_ARGS__) }                \
    return nullptr;                                                            \
  }

// clang-format off
PERFIDY_ENUM(Root, Unknown, Parameter, This, Local, Global, Result)
PERFIDY_ENUM(BoundKind, Unknown, Const, SizeOf, ValueOf, ResultSet, Stream)
PERFIDY_ENUM(LoopForm, For, While, Do, RangeFor, Algorithm)
PERFIDY_ENUM(ConditionKind, None, Count, NotEmpty, Flag, Call, Other)
PERFIDY_ENUM(GuardKind, Condition, Passed, Memo, Once, Flush, ErrorPath, Rare, Selected)
PERFIDY_ENUM(Place, Unknown, Front, Middle, Back)
PERFIDY_ENUM(CallForm, Plain, Member, Operator, Constructor, Destructor, Implicit)
PERFIDY_ENUM(Holds, Value, Alone, Shared, Weak, Pointer, Reference)
PERFIDY_ENUM(TokenFate, None, Dropped, Kept, Returned, Passed)
PERFIDY_ENUM(CaptureKind, Copy, Reference, This, Init)
PERFIDY_ENUM(EntityKind, Function, Method, Constructor, Destructor, Lambda, Main)
// clang-format on

#undef PERFIDY_FIELDS
#undef PERFIDY_ENUM
#undef PERFIDY_VISIT
#undef PERFIDY_BUT
#undef PERFIDY_CASE

} // namespace perfidy

#endif // PERFIDY_ANALYSIS_SUMMARY_FIELDS_H
