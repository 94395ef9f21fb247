//===- Messages.cpp - what a client sends that is no message --------------===//
//
// Part of Perfidy. clangd survives text that is no JSON, but ends for JSON that
// is no message, such as "[]", and for one that neither has a method nor answers
// anything. Here all are the same.
//
//===----------------------------------------------------------------------===//
#include "clangd/Clangd.h"

namespace llvm::json {

Expected<Value> wrappedParse(StringRef Text) {
  Expected<Value> Read = realParse(Text);
  if (!Read)
    return Read;
  const Object *Message = Read->getAsObject();
  if (Message && Message->getString("jsonrpc") == "2.0" &&
      (Message->getString("method") || Message->get("id")))
    return Read;
  return createStringError("not a message of JSON-RPC 2.0");
}

} // namespace llvm::json
