//===- ObjectTypes.h - classes of objects that a function names -*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_CHECKS_OBJECTTYPES_H
#define PERFIDY_CHECKS_OBJECTTYPES_H

#include "analysis/link/Program.h"
#include <set>
#include <string>

namespace perfidy {

/// The class of the object that \p Of names in \p F; empty if nobody knows.
std::string typeOf(const Program &P, const Function &F, const AccessPath &Of);

/// The variable is the object, and does not stand for another.
bool isObject(const Local &Variable);

/// The classes of objects that \p F is given as \p Parameter, by whoever calls
/// it; false if that is not known of all.
bool givenTypes(const Program &P, const Function &F, Index Parameter,
                std::set<std::string> &Types, int Depth = 0);

} // namespace perfidy

#endif // PERFIDY_CHECKS_OBJECTTYPES_H
