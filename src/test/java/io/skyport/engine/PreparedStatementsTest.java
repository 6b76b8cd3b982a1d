package io.skyport.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.error.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreparedStatementsTest extends EngineTestBase {

    private static final String TABLE = "\"default\".main.t";

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

    @Test
    void a_cached_statement_follows_changed_data() {
        update("CREATE TABLE " + TABLE + " (i INTEGER, s VARCHAR)");
        update("INSERT INTO " + TABLE + " VALUES (1, 'a'), (2, 'b')");
        String sorted = "SELECT i, s FROM " + TABLE + " ORDER BY i";
        String grouped = "SELECT i, count(*) FROM " + TABLE + " GROUP BY i ORDER BY i";
        String filtered = "SELECT i FROM " + TABLE + " WHERE i < 1000 ORDER BY i";
        query(sorted);
        query(grouped);
        query(filtered);

        update("UPDATE " + TABLE + " SET s = 'a longer text' WHERE i = 1");
        update("INSERT INTO " + TABLE + " VALUES (100000, 'c')");

        assertThat(query(sorted)).containsExactly(List.of(1, "a longer text"), List.of(2, "b"), List.of(100000, "c"));
        assertThat(query(grouped)).containsExactly(List.of(1, 1L), List.of(2, 1L), List.of(100000, 1L));
        assertThat(query(filtered)).containsExactly(List.of(1), List.of(2));
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
