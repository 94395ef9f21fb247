//===- DataLists.h - files written out as numbers ---------------*- C++ -*-===//
//
// Part of Perfidy. rcc, xxd and their like write a file as an array of some
// hundred thousand numbers, which take longer to parse than any code beside
// them, and say nothing.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_DATALISTS_H
#define PERFIDY_DRIVER_DATALISTS_H

#include <optional>
#include <string>
#include <string_view>

namespace perfidy {

/// \p Text with spaces for all numbers but the first of each long list that
/// initialises an array of numbers, and "[COUNT - 1]=0" somewhere among them.
/// Places stay what they are, and so does the size of the array. Nothing if
/// there is no such list.
///
/// What is returned may be no C++ where \p Text is: macros can make something
/// else of its words. So parse \p Text itself if there are errors.
std::optional<std::string> withoutData(std::string_view Text);

} // namespace perfidy

#endif // PERFIDY_DRIVER_DATALISTS_H
