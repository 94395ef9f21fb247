//===- Xml.h - text in XML --------------------------------------*- C++ -*-===//
//
// Part of Perfidy.
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_DRIVER_XML_H
#define PERFIDY_DRIVER_XML_H

#include <string>

namespace perfidy {

/// \p Text as the value of an attribute, whatever it is: what is not UTF-8, or no
/// character of XML 1.0, becomes U+FFFD.
std::string xml(const std::string &Text);

/// The same as the content of an element, where lines stay lines.
std::string xmlContent(const std::string &Text);

} // namespace perfidy

#endif // PERFIDY_DRIVER_XML_H
