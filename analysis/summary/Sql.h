//===- Sql.h - what a piece of text says of a statement ---------*- C++ -*-===//
//
// Part of Perfidy. Only the first words are read: a text that a program puts
// together is rarely whole. Unknown parts are "\x01".
//
//===----------------------------------------------------------------------===//
#ifndef PERFIDY_ANALYSIS_SUMMARY_SQL_H
#define PERFIDY_ANALYSIS_SUMMARY_SQL_H

#include <string_view>

namespace perfidy {

enum class SqlKind {
  None,     ///< not a statement
  Read,     ///< SELECT, WITH ... SELECT, SHOW
  Write,    ///< INSERT, UPDATE, DELETE, REPLACE, MERGE
  Define,   ///< CREATE, ALTER, DROP, TRUNCATE ...: schema, not data
  Begin,    ///< BEGIN, START TRANSACTION, SAVEPOINT
  Commit,   ///< COMMIT, END, RELEASE
  Rollback, ///< ROLLBACK
  Setting,  ///< SET, PRAGMA, ATTACH
  Other,    ///< CALL, EXECUTE, COPY ...
};

/// Strict: "Select a file" and "Update available" are None. SQL needs its
/// second keyword where the grammar has one.
SqlKind sqlKind(std::string_view Text);

/// All that is unknown of the text are names of tables: another table is
/// another statement, which no batch and no join can spare.
bool sqlNamesTable(std::string_view Text);

/// Of schemas, settings and whole tables rather than of rows.
bool sqlIsOfSchema(std::string_view Text);

/// COPY: a batch form.
bool sqlIsBatch(std::string_view Text);

/// One round trip for many keys or rows: "= ANY($1)", "unnest($1)", and a hole
/// that holds a list: "IN (\x01)", "VALUES \x01".
bool sqlTakesMany(std::string_view Text);

} // namespace perfidy

#endif // PERFIDY_ANALYSIS_SUMMARY_SQL_H
