package io.skyport.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.error.ErrorCode;
import io.skyport.error.SqlPosition;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreparedStatementsTest extends EngineTestBase {

    private static final String TABLE = "\"default\".main.t";
    private static final String AFTER = "\"default\".main.after";

    @Test
    void a_connection_keeps_the_last_used_statements_up_to_its_limit() {
        try (DuckDbConnection connection = engine.lease()) {
            for (int i = 0; i < 10; i++) {
                connection.update("SELECT " + i, List.of());
            }
            assertThat(connection.pooled().preparedStatements()).isEqualTo(4);
        }
    }

    @Test
    void no_statement_is_kept_if_the_limit_is_zero() {
        engine.close();
        engine = open(properties(1, java.time.Duration.ofSeconds(10), 0));
        try (DuckDbConnection connection = engine.lease()) {
            connection.update("SELECT 1", List.of());
            assertThat(connection.pooled().preparedStatements()).isZero();
        }
        assertThat(value("SELECT 1")).isEqualTo(1);
    }

    @Test
    void a_statement_that_failed_is_prepared_again() {
        update("CREATE TABLE " + TABLE + " (i INTEGER PRIMARY KEY)");
        try (DuckDbConnection connection = engine.lease()) {
            String insert = "INSERT INTO " + TABLE + " VALUES ($1)";
            connection.update(insert, List.of(1));
            assertThat(codeOf(() -> connection.update(insert, List.of(1)))).isEqualTo(ErrorCode.UNIQUE_VIOLATION);
            assertThat(connection.update(insert, List.of(2))).isEqualTo(1);
        }
    }

    @Test
    void a_cached_statement_follows_a_changed_table() {
        engine.close();
        engine = open(properties(2, java.time.Duration.ofSeconds(10), 4));
        String select = "SELECT * FROM " + TABLE;
        String insert = "INSERT INTO " + TABLE + " VALUES ($1)";
        update("CREATE TABLE " + TABLE + " (i INTEGER)");
        update(insert, 1);
        assertThat(query(select)).containsExactly(List.of(1));
        update("ALTER TABLE " + TABLE + " ADD COLUMN j VARCHAR DEFAULT 'x'");
        assertThat(query(select)).containsExactly(List.of(1, "x"));
        update("DROP TABLE " + TABLE);
        assertThat(codeOf(() -> query(select))).isEqualTo(ErrorCode.UNDEFINED_TABLE);
        update("CREATE TABLE " + TABLE + " (i VARCHAR)");
        update(insert, "now text");
        assertThat(query(select)).containsExactly(List.of("now text"));
    }

    /** What DuckDB would conclude from the data that is there at first, and what is true of the data afterwards. */
    enum Conclusion {
        TEXTS_ARE_SHORT("SELECT s FROM t WHERE i >= %s ORDER BY s", "[[c], [even longer text], [longer text]]"),
        NUMBERS_ARE_SMALL("SELECT i FROM t WHERE i >= %s ORDER BY i", "[[1], [2], [100000]]"),
        GROUPS_ARE_FEW(
                "SELECT i, count(*) FROM t WHERE i >= %s GROUP BY i ORDER BY i", "[[1, 1], [2, 1], [100000, 1]]"),
        CONDITION_IS_TRUE("SELECT i FROM t WHERE i < 1000 AND i >= %s ORDER BY i", "[[1], [2]]"),
        CONDITION_IS_FALSE("SELECT i FROM t WHERE i > 1000 AND i >= %s", "[[100000]]"),
        NOTHING_IS_NULL("SELECT count(n), count(*) FROM t WHERE i >= %s", "[[2, 3]]"),
        RANGES_DO_NOT_MEET("SELECT t.i FROM t JOIN u ON t.i = u.i WHERE t.i >= %s", "[[100000]]"),
        ROWS_ARE_COUNTED("SELECT count(*), max(i) FROM t HAVING max(i) >= %s", "[[3, 100000]]"),
        SUMS_ARE_SMALL("SELECT sum(i) FROM t WHERE i >= %s", "[[100003]]"),
        WITHIN_WITH("WITH c AS (SELECT * FROM t) SELECT i FROM c WHERE i < 1000 AND i >= %s ORDER BY i", "[[1], [2]]"),
        WITHIN_UNION(
                "(SELECT i FROM t WHERE i < 1000 AND i >= %s) UNION ALL (SELECT 3 WHERE false) ORDER BY 1",
                "[[1], [2]]"),
        WITHIN_FROM("FROM t SELECT i WHERE i < 1000 AND i >= %s ORDER BY i", "[[1], [2]]");

        private final String sql;
        private final String after;

        Conclusion(String sql, String after) {
            this.sql = sql.replaceAll("\\bt\\b(?!\\.)", "\"default\".main.t")
                    .replaceAll("\\bu ON", "\"default\".main.u ON");
            this.after = after;
        }

        String literal() {
            return String.format(sql, "1");
        }

        String parameterized() {
            return String.format(sql, "$1");
        }

        void holds(List<List<@Nullable Object>> rows) {
            assertThat(rows).as(name()).hasToString(after);
        }
    }

    /** In an engine that keeps all statements of a test. */
    private void firstData() {
        engine.close();
        engine = open(properties(4, java.time.Duration.ofSeconds(10), 100));
        update("CREATE TABLE " + TABLE + " (i INTEGER, s VARCHAR, n INTEGER)");
        update("CREATE TABLE \"default\".main.u (i INTEGER)");
        update("INSERT INTO " + TABLE + " VALUES (1, 'a', 1), (2, 'b', 2)");
        update("INSERT INTO \"default\".main.u VALUES (100000)");
    }

    private static final List<String> CHANGES = List.of(
            "UPDATE " + TABLE + " SET s = CASE i WHEN 1 THEN 'longer text' ELSE 'even longer text' END",
            "UPDATE " + TABLE + " SET n = NULL WHERE i = 1",
            "INSERT INTO " + TABLE + " VALUES (100000, 'c', 3)");

    @ParameterizedTest
    @EnumSource
    void a_cached_statement_follows_changed_data(Conclusion conclusion) {
        firstData();
        query(conclusion.literal());
        query(conclusion.parameterized(), 1);

        CHANGES.forEach(this::update);

        conclusion.holds(query(conclusion.literal()));
        conclusion.holds(query(conclusion.parameterized(), 1));
    }

    @ParameterizedTest
    @EnumSource
    void a_statement_that_was_only_described_follows_changed_data(Conclusion conclusion) {
        firstData();
        try (DuckDbConnection connection = engine.lease()) {
            connection.describe(conclusion.literal());
            connection.describe(conclusion.parameterized());
            // Other connections do it.
            CHANGES.forEach(this::update);
        }

        conclusion.holds(query(conclusion.literal()));
        conclusion.holds(query(conclusion.parameterized(), 1));
    }

    @ParameterizedTest
    @EnumSource
    void a_statement_follows_what_its_own_transaction_changed(Conclusion conclusion) {
        firstData();
        try (DuckDbConnection connection = engine.lease()) {
            connection.begin();
            connection.update("CREATE TABLE " + AFTER + " AS " + conclusion.literal(), List.of());
            connection.update("DELETE FROM " + AFTER, List.of());
            CHANGES.forEach(change -> connection.update(change, List.of()));
            connection.update("INSERT INTO " + AFTER + " " + conclusion.literal(), List.of());
            connection.commit();
        }
        conclusion.holds(query("SELECT * FROM " + AFTER));
    }

    @ParameterizedTest
    @EnumSource
    void a_statement_in_a_transaction_sees_the_data_it_began_with(Conclusion conclusion) {
        firstData();
        CHANGES.forEach(this::update);
        try (DuckDbConnection connection = engine.lease()) {
            connection.begin();
            connection.describe(conclusion.literal());
            update("UPDATE " + TABLE + " SET s = 'x', n = 7");
            update("DELETE FROM " + TABLE + " WHERE i > 1");
            connection.update("CREATE TEMP TABLE seen AS " + conclusion.literal(), List.of());
            conclusion.holds(rows(connection.query("SELECT * FROM seen", List.of())));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM " + TABLE + " WHERE i < 1000",
                "UPDATE " + TABLE + " SET i = 0 WHERE i < 1000",
                "MERGE INTO " + TABLE + " USING (SELECT i FROM " + TABLE + " WHERE i < 1000) s ON s.i = t.i"
                        + " WHEN MATCHED THEN DELETE"
            })
    void an_update_that_ran_before_follows_changed_data(String sql) {
        firstData();
        update(sql);
        update("DELETE FROM " + TABLE);
        update("INSERT INTO " + TABLE + " VALUES (5, 'a', 1), (100000, 'c', 3)");
        assertThat(update(sql)).isEqualTo(1);
    }

    @Test
    void rows_that_others_add_while_statements_are_planned_are_seen() throws Exception {
        firstData();
        String sql =
                "SELECT count(*), count(CASE WHEN i < 1000000 THEN 1 END), max(i) FROM " + TABLE + " WHERE i < 1000000";
        int last = 300;
        Thread writer = new Thread(() -> {
            for (int i = 3; i <= last; i++) {
                update("INSERT INTO " + TABLE + " VALUES (" + i + ", 'x', 1), (" + (i + 1000000) + ", 'x', 1)");
            }
        });
        writer.start();
        int reads = 0;
        while (writer.isAlive() || reads == 0) {
            List<@Nullable Object> row = query(sql).get(0);
            assertThat(row.get(1)).isEqualTo(row.get(0));
            assertThat(row.get(2)).isEqualTo(((Long) row.get(0)).intValue());
            reads++;
        }
        writer.join();
        assertThat(query(sql)).containsExactly(List.of((long) last, (long) last, last));
    }

    @Test
    void a_failure_is_where_it_is_in_the_text_of_the_client() {
        for (String sql : List.of(
                "SELECT 'ä', \n missing FROM (VALUES (1)) t(a)",
                "WITH c AS (SELECT 1) SELECT missing FROM c",
                "with recursive c AS (SELECT 1) SELECT missing FROM c",
                " (SELECT missing)",
                "FROM (VALUES (1)) t(a) SELECT missing",
                "SELECT missing, '?'",
                "EXPLAIN SELECT missing")) {
            assertThat(failure(() -> query(sql)).position())
                    .as(sql)
                    .contains(SqlPosition.ofOffset(sql, sql.indexOf("missing")));
        }
    }

    @Test
    void a_description_follows_a_changed_table() {
        update("CREATE TABLE " + TABLE + " (i INTEGER, d DECIMAL(5,2))");
        try (EngineConnection connection = engine.acquire()) {
            String select = "SELECT * FROM " + TABLE + " WHERE i = $1 LIMIT $2";
            assertThat(connection.describe(select))
                    .isEqualTo(new StatementDescription(
                            List.of(new EngineColumn("i", "INTEGER"), new EngineColumn("d", "DECIMAL(5,2)")),
                            List.of("INTEGER", "BIGINT")));
            connection.update("ALTER TABLE " + TABLE + " ADD COLUMN j INTEGER[]", List.of());
            assertThat(connection.describe(select).columns()).contains(new EngineColumn("j", "INTEGER[]"));
        }
    }

    @Test
    void what_the_engine_cannot_tell_is_unknown() {
        try (EngineConnection connection = engine.acquire()) {
            assertThat(connection.describe("SELECT $1"))
                    .isEqualTo(new StatementDescription(
                            List.of(new EngineColumn("unknown", StatementDescription.UNKNOWN)),
                            List.of(StatementDescription.UNKNOWN)));
        }
    }

    @Test
    void describing_runs_nothing() {
        update("CREATE TABLE " + TABLE + " (i INTEGER)");
        try (EngineConnection connection = engine.acquire()) {
            assertThat(connection.describe("INSERT INTO " + TABLE + " VALUES ($1)"))
                    .isEqualTo(
                            new StatementDescription(List.of(new EngineColumn("Count", "BIGINT")), List.of("INTEGER")));
        }
        assertThat(query("SELECT * FROM " + TABLE)).isEmpty();
    }
}
