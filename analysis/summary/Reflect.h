//===- Reflect.h - structs that can say their fields -------------*- C++ -*-===//
//
// Part of Perfidy. A struct that is kept in a file is listed once, with all its
// fields; writers, readers and the index check are written against fields() and
// never name one.
//
// A field that is added to a struct and not listed does not compile: the
// structured binding in fields() then has too few names. Fields after BUT are
// known and not kept. Use the macros in the namespace of the struct.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_ANALYSIS_SUMMARY_REFLECT_H
#define PERFIDY_ANALYSIS_SUMMARY_REFLECT_H

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

#endif // PERFIDY_ANALYSIS_SUMMARY_REFLECT_H
