//===- Fields.h - the fields of a summary, by name --------------*- C++ -*-===//
//
// Part of Perfidy. Private to analysis/summary. Every struct of Summary.h is
// listed once, with all its fields; see Reflect.h for what becomes of them.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_ANALYSIS_SUMMARY_FIELDS_H
#define PERFIDY_ANALYSIS_SUMMARY_FIELDS_H

#include "analysis/summary/Reflect.h"
#include "analysis/summary/Summary.h"

namespace perfidy {

// clang-format off
PERFIDY_FIELDS(Location, (), File, Line, Column, Offset)
PERFIDY_FIELDS(AccessPath, (), Base, Position, Name, Fields)
PERFIDY_FIELDS(Value, (Draft),
  Path, Spelling, Varies, OtherObject, Inputs, ChosenBy, Text, Constant, Callable,
  Captures, Copies, HandedOver, Member)
PERFIDY_FIELDS(Loop, (),
  Parent, Form, Begin, End, Bound, Count, Range, Condition, Element,
  ConditionCalls, ConditionLocals, Step, Steps,
  Down, LeavesSometimes, OneShot, Guards, Leaves, Selects, Changes, Listed)
PERFIDY_FIELDS(Need, (), Parameter, Constant, Equal)
PERFIDY_FIELDS(Guard, (), Kind, Loop, Where, Subject, Reads, Needs, Limited, Case)
PERFIDY_FIELDS(Compare, (),
  Loop, Where, Left, Right, Negated, Guards)
PERFIDY_FIELDS(Call, (),
  Callee, Name, Form, Where, Loop, Guards, Leaves, LeavesOnSuccess, Decides,
  Virtual, System, TextResult, InCondition, Later, Taker, Completes, Timer, Joins, Temporary, Receiver, Arguments, Target, Role,
  Database, Library, Lifetime, Subject, Key, Connection, Runner, At, Spot, Prepared, Sql,
  SqlPath, FixedExtent)
PERFIDY_FIELDS(Local, (),
  Name, Type, Loop, Where, Static, Reference, Pointer, Owns, Range, Fixed, Escapes,
  Fresh, Of)
PERFIDY_FIELDS(Parameter, (), Name, Type, ByValue, Mutable, Replaced, Served, Default)
PERFIDY_FIELDS(Keep, (), Into, What, Where, Fresh, Appends, Unique, Ends, Weak, Guards)
PERFIDY_FIELDS(Registration, (),
  Adds, Call, Emitter, EmitterType, Event, EventGiven, Listener, ListenerType, Handler, HandlerGiven,
  Token, Fate, Appended, Scoped, EndsWithReceiver, Once, Unique, Tracked, Owns, Inline,
  Generic, Inverse, Fresh, WhileTrue, Taker, TakenAs)
PERFIDY_FIELDS(Exit, (), Where, Call, Guards, Tests)
PERFIDY_FIELDS(Use, (), Where, Length, Text, Name, Field, OfThis, Bulk, Owning)
PERFIDY_FIELDS(Capture, (),
  Name, Kind, Implicit, Moved, Where, Length, Editable, Type, How, Of, Borrowed, OfThis, Request, Members,
  Containers, Contents, Costly, Uses)
PERFIDY_FIELDS(Bound, (), Held, Callable, Taker, Argument)
PERFIDY_FIELDS(Field, (), Name, Type, How, Request, Costly)
PERFIDY_FIELDS(Class, (), Name, Where, Bases, Fields, Destructor)
PERFIDY_FIELDS(Function, (),
  Usr, Name, Kind, Where, End, Class, Parent, Parameters, Overrides,
  Virtual, Test, Template, StaticInit, Event, Locals, Loops, Guards, Compares, Calls,
  Writes, Returns, ReturnsFixed, ReturnsText, ReturnsMember, Keeps, Registrations, Exits,
  Runs, NeverFalse, Captures, Bounds)
PERFIDY_FIELDS(RemarkNote, (), Where, Message)
PERFIDY_FIELDS(RemarkEdit, (), Where, Length, Text)
PERFIDY_FIELDS(Remark, (), Check, Where, Message, Function, Notes, Fixes)
PERFIDY_FIELDS(File, (), Path, Test)
PERFIDY_FIELDS(TUSummary, (), MainFile, Files, Functions, Classes, Filled, Grown, AddressTaken,
  Remarks, Error)
// clang-format on

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

} // namespace perfidy

#endif // PERFIDY_ANALYSIS_SUMMARY_FIELDS_H
