#include "analysis/summary/Sql.h"
#include <gtest/gtest.h>

using namespace perfidy;

TEST(Sql, StatementsByTheirVerb) {
  EXPECT_EQ(sqlKind("SELECT id FROM users"), SqlKind::Read);
  EXPECT_EQ(sqlKind("  -- all\n select id, name from users"), SqlKind::Read);
  EXPECT_EQ(sqlKind("WITH a AS (SELECT 1) SELECT * FROM a"), SqlKind::Read);
  EXPECT_EQ(sqlKind("insert into t values (?)"), SqlKind::Write);
  EXPECT_EQ(sqlKind("UPDATE t SET a = 1"), SqlKind::Write);
  EXPECT_EQ(sqlKind("DELETE FROM t"), SqlKind::Write);
  EXPECT_EQ(sqlKind("REPLACE INTO t VALUES (1)"), SqlKind::Write);
  EXPECT_EQ(sqlKind("CREATE TABLE t (a int)"), SqlKind::Define);
  EXPECT_EQ(sqlKind("START TRANSACTION"), SqlKind::Begin);
  EXPECT_EQ(sqlKind("BEGIN"), SqlKind::Begin);
  EXPECT_EQ(sqlKind("commit;"), SqlKind::Commit);
  EXPECT_EQ(sqlKind("ROLLBACK TO SAVEPOINT a"), SqlKind::Rollback);
  EXPECT_EQ(sqlKind("PRAGMA user_version"), SqlKind::Setting);
  EXPECT_EQ(sqlKind("ATTACH DATABASE {} AS {}"), SqlKind::Setting);
  EXPECT_EQ(sqlKind("DETACH DATABASE {}"), SqlKind::Setting);
  EXPECT_EQ(sqlKind("Detach the trailer"), SqlKind::None);
}

TEST(Sql, TextWithHolesIsReadAsFarAsItGoes) {
  EXPECT_EQ(sqlKind("SELECT \x01 FROM users WHERE id = \x01"), SqlKind::Read);
  EXPECT_EQ(sqlKind("DELETE FROM \x01"), SqlKind::Write);
  EXPECT_EQ(sqlKind("\x01"), SqlKind::None);
}

TEST(Sql, EnglishIsNoStatement) {
  for (const char *Text :
       {"Select a file", "Select an entry from the list", "Update available",
        "Delete all", "Insert", "Create", "Begin here", "Commit message",
        "End of file", "Show more", "With love", "", "   "})
    EXPECT_EQ(sqlKind(Text), SqlKind::None) << Text;
}

TEST(Sql, CopyIsABatch) {
  EXPECT_TRUE(sqlIsBatch("COPY users FROM STDIN"));
  EXPECT_FALSE(sqlIsBatch("INSERT INTO users VALUES (1)"));
}

TEST(Sql, TakesMany) {
  for (const char *Text :
       {"SELECT id FROM users WHERE id = ANY($1)",
        "SELECT id FROM users WHERE id = ANY( CAST($1 AS bigint[]) )",
        "WITH t(id) AS (SELECT * FROM unnest(CAST($1 AS bigint[]))) "
        "UPDATE users SET seen = true WHERE id IN (SELECT id FROM t)",
        "DELETE FROM users WHERE id IN (\x01)",
        "DELETE FROM users WHERE id NOT IN (%s)",
        "INSERT INTO users (id, name) VALUES \x01", "REPLACE INTO t VALUES {}"})
    EXPECT_TRUE(sqlTakesMany(Text)) << Text;
  for (const char *Text : {"SELECT id FROM users WHERE id = $1",
                           "DELETE FROM users WHERE id IN (1, 2)",
                           "SELECT id FROM users WHERE id = ANY(ARRAY[1, 2])",
                           "INSERT INTO users VALUES (\x01)",
                           "INSERT INTO users VALUES ({})", "pick any ($1)"})
    EXPECT_FALSE(sqlTakesMany(Text)) << Text;
}

TEST(Sql, NamesOfTables) {
  EXPECT_TRUE(sqlNamesTable("SELECT * FROM \x01"));
  EXPECT_TRUE(
      sqlNamesTable("SELECT count(*) FROM \"{schema}\".\"{table}\" LIMIT 1"));
  EXPECT_FALSE(sqlNamesTable("SELECT * FROM \x01 WHERE id = \x01"));
  EXPECT_FALSE(sqlNamesTable("INSERT INTO \x01 VALUES (?)"));
  EXPECT_FALSE(sqlNamesTable("SELECT * FROM users"));
  EXPECT_TRUE(sqlIsOfSchema("ANALYZE {}"));
  EXPECT_TRUE(
      sqlIsOfSchema("PREPARE wkb(int) AS SELECT way FROM line WHERE id = $1"));
  EXPECT_FALSE(sqlIsOfSchema("DELETE FROM {} WHERE id = {}"));
  EXPECT_EQ(sqlKind("RELEASE \x01;"), SqlKind::Commit);
}
