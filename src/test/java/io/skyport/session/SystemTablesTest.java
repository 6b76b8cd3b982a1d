package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyport.catalog.SystemTables;
import io.skyport.engine.EngineConnection;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SystemTablesTest extends SessionTestBase {

    private Session admin;

    @BeforeEach
    void keepThreeQueries() {
        SystemTables.create(engine);
        try (EngineConnection connection = engine.acquire()) {
            connection.append("queries", List.of(query("1", "alice"), query("2", "bob"), query("3", "alice")));
        }
        admin = sessions.session("root", Set.of("admin"), "token-3");
        run("INSERT INTO t VALUES (1, 'one'), (3, 'three')");
    }

    private static List<@Nullable Object> query(String id, String user) {
        @Nullable Object[] row = new Object[SystemTables.QUERIES.columns().size()];
        row[0] = id;
        row[2] = user;
        row[7] = Instant.EPOCH;
        row[8] = 1.5;
        row[13] = 7L;
        return Arrays.asList(row);
    }

    private static List<Object> column(Session session, String sql) {
        return rows(session.execute(sql, new Cancellation())).stream()
                .<Object>map(row -> row.get(0))
                .toList();
    }

    /** The first column of each is the query's id. */
    private static final List<String> READING = List.of(
            "SELECT query_id FROM _system.queries ORDER BY 1",
            "SELECT query_id FROM \"_SYSTEM\".main.Queries ORDER BY 1",
            "SELECT queries.query_id FROM _system.queries ORDER BY 1",
            "SELECT q.query_id FROM _system.queries AS q ORDER BY 1",
            "SELECT q.a FROM _system.queries AS q(a) ORDER BY 1",
            "SELECT query_id FROM (TABLE _system.queries) AS q ORDER BY 1",
            "WITH w AS (FROM _system.queries) SELECT query_id FROM w ORDER BY 1",
            "SELECT a.query_id FROM _system.queries a JOIN _system.queries b USING (query_id) ORDER BY 1",
            "SELECT query_id FROM _system.queries WHERE query_id IN (SELECT query_id FROM _system.queries) ORDER BY 1");

    @Test
    void each_user_sees_his_own_rows_and_an_admin_all_by_the_same_text() {
        for (int again = 0; again < 2; again++) {
            assertThat(READING)
                    .allSatisfy(sql -> assertThat(column(session, sql)).containsExactly("1", "3"))
                    .allSatisfy(sql -> assertThat(column(other(), sql)).containsExactly("2"))
                    .allSatisfy(sql -> assertThat(column(admin, sql)).containsExactly("1", "2", "3"));
        }
    }

    @Test
    void a_user_called_like_another_with_a_quote_sees_nothing_else() {
        Session quoted = sessions.session("x' OR 'a' = 'a", Set.of(), "token-4");

        assertThat(column(quoted, "SELECT query_id FROM _system.queries")).isEmpty();
    }

    @Test
    void a_prepared_statement_with_parameters_shows_who_runs_it_his_own() {
        String sql = "SELECT query_id FROM _system.queries WHERE query_id > ? AND row_count = ? ORDER BY 1";
        for (Session each : List.of(session, other())) {
            PreparedStatement statement = each.prepare(sql);
            each.bind(statement, List.of("1", 7L));
            List<List<Object>> rows = rows(each.execute(statement, never));
            assertThat(rows).containsExactly(List.of(each == session ? "3" : "2"));
        }
    }

    @Test
    void rows_are_joined_with_a_table_of_the_user() {
        assertThat(rows("SELECT t.name FROM t JOIN _system.queries q ON q.query_id = CAST(t.id AS VARCHAR) ORDER BY 1"))
                .containsExactly(List.of("one"), List.of("three"));
    }

    @Test
    void statements_that_write_take_the_rows_of_who_runs_them() {
        run("CREATE TABLE mine AS SELECT query_id, started_at FROM _system.queries");
        run("INSERT INTO mine SELECT query_id, NULL FROM _system.queries");
        run("DELETE FROM t WHERE CAST(id AS VARCHAR) IN (SELECT query_id FROM _system.queries)");
        run("UPDATE mine SET started_at = NULL WHERE EXISTS (SELECT 1 FROM _system.queries WHERE query_id = '2')");

        assertThat(rows("SELECT count(*), count(started_at) FROM mine")).containsExactly(List.of(4L, 2L));
        assertThat(rows("SELECT count(*) FROM t")).containsExactly(List.of(0L));
    }

    @Test
    void streamed_rows_are_written_with_what_who_runs_it_sees() {
        run("CREATE TABLE counted (id BIGINT, name VARCHAR, n BIGINT)");
        PreparedStatement insert =
                session.prepare("INSERT INTO counted VALUES (?, ?, (SELECT count(*) FROM _system.queries))");

        session.update(insert, Rows.counted(allocator, 100, 50), never);

        assertThat(rows("SELECT DISTINCT n FROM counted")).containsExactly(List.of(2L));
    }

    @Test
    void savepoints_do_again_what_was_read_at_the_time() {
        Transaction transaction = session.begin();
        session.update("CREATE TABLE mine AS SELECT query_id FROM _system.queries", transaction, never);
        session.savepoint(transaction, "s");
        session.update("DELETE FROM mine", transaction, never);
        session.rollbackTo(transaction, "s");
        session.commit(transaction);

        assertThat(column(session, "SELECT query_id FROM mine ORDER BY 1")).containsExactly("1", "3");
    }

    @Test
    void cursors_and_prepared_texts_show_who_opens_them_his_own() {
        Cursor cursor = session.openCursor(
                "SELECT query_id FROM _system.queries ORDER BY 1",
                null,
                CursorOptions.of(CursorType.DYNAMIC),
                List.of(),
                null,
                never);
        try (CursorPage page = session.fetch(cursor, Fetch.next(10), never)) {
            assertThat(page.rowCount()).isEqualTo(2);
        }
        run("PREPARE p AS SELECT count(*) FROM _system.queries");
        assertThat(rows("EXECUTE p")).containsExactly(List.of(2L));
    }

    @Test
    void a_keyset_cursor_needs_a_key_that_there_is_not() {
        assertFails(
                () -> session.openCursor(
                        "SELECT query_id FROM _system.queries",
                        null,
                        CursorOptions.of(CursorType.KEYSET),
                        List.of(),
                        null,
                        never),
                ErrorCode.FEATURE_NOT_SUPPORTED);
    }

    @Test
    void a_mistake_behind_such_a_table_has_its_place() {
        fails("SELECT 1\nFROM _system.queries q JOIN t ON true WHERE q.nothing = 1", ErrorCode.UNDEFINED_COLUMN, 2, 45);
        fails("SELECT * FROM _system.nothing", ErrorCode.UNDEFINED_TABLE, 1, 15);
        fails(
                "SELECT 1 FROM _system.queries q WHERE CAST(q.query_id || 'x' AS INTEGER) = 1",
                ErrorCode.INVALID_TEXT_REPRESENTATION,
                1,
                39);
    }

    @Test
    void describe_and_explain_show_columns_and_plan() {
        assertThat(rows("DESCRIBE _system.queries"))
                .hasSize(SystemTables.QUERIES.columns().size());
        assertThat(rows("EXPLAIN SELECT * FROM _system.queries").toString())
                .contains("alice")
                .doesNotContain("bob");
    }

    private static final List<String> REFUSED = List.of(
            "CREATE DATABASE _system",
            "CREATE DATABASE IF NOT EXISTS \"_SYSTEM\"",
            "DROP DATABASE _system",
            "DROP DATABASE IF EXISTS \"_System\"",
            "CREATE SCHEMA _system",
            "CREATE SCHEMA _system.x",
            "DROP SCHEMA IF EXISTS _system.main CASCADE",
            "CREATE TABLE _system.x (a INTEGER)",
            "CREATE TABLE IF NOT EXISTS \"_system\".main.queries (a INTEGER)",
            "CREATE OR REPLACE TABLE _SYSTEM.queries AS SELECT 1",
            "CREATE TABLE x (LIKE _system.queries)",
            "CREATE TABLE x (a VARCHAR REFERENCES _system.queries)",
            "CREATE VIEW _system.x AS SELECT 1",
            "CREATE INDEX i ON _system.queries (query_id)",
            "CREATE SEQUENCE _system.s",
            "CREATE TYPE _system.x AS ENUM ('a')",
            "CREATE MACRO _system.m() AS 1",
            "INSERT INTO _system.queries (query_id) VALUES ('4')",
            "UPDATE \"_System\".queries SET user_name = 'eve'",
            "DELETE FROM _system.main.queries",
            "MERGE INTO _system.queries USING t ON true WHEN MATCHED THEN DELETE",
            "TRUNCATE TABLE _system.queries",
            "DROP TABLE _system.queries",
            "DROP TABLE IF EXISTS _system.queries",
            "ALTER TABLE _system.queries ADD COLUMN x INTEGER",
            "COMMENT ON TABLE _system.queries IS 'x'",
            "COPY _system.queries FROM 'x.parquet'",
            "COPY _system.queries TO 'x.parquet'",
            "USE _system",
            "USE _system.main",
            "SET schema = '_system'",
            "CHECKPOINT _system",
            "EXPORT DATABASE _system TO 'x'",
            "VACUUM _system.queries",
            "ANALYZE _system.queries",
            "REFRESH MATERIALIZED VIEW _system.queries",
            "SELECT * FROM pragma_storage_info('_system.main.queries')",
            "FROM histogram('_system.main.queries', query_id)",
            "FROM histogram_values(_system.main.queries, query_id)");

    @Test
    void nothing_else_reaches_the_servers_own_database() {
        assertThat(REFUSED)
                .allSatisfy(sql -> assertFails(() -> admin.update(sql, never), ErrorCode.INSUFFICIENT_PRIVILEGE));
        assertThat(column(admin, "SELECT count(*) FROM _system.queries")).containsExactly(3L);
    }

    private static final List<String> UNSUPPORTED = List.of(
            "ATTACH 'x.duckdb' AS _system",
            "DETACH _system",
            "COPY FROM DATABASE _system TO \"default\"",
            "SELECT * FROM _skyport_sessions()",
            "SELECT * FROM \"_SKYPORT_running_queries\"()",
            "SELECT * FROM system.main._skyport_sessions()",
            "SELECT _skyport_sessions()",
            "FROM query_table('_system.main.queries')",
            "FROM histogram('_system.' || 'main.queries', query_id)",
            "SELECT * FROM pragma_storage_info(concat('_system', '.main.queries'))",
            "CREATE VIEW v AS SELECT * FROM _system.queries",
            "CREATE MATERIALIZED VIEW v AS SELECT * FROM _system.queries",
            "CREATE MACRO m() AS TABLE SELECT * FROM _system.queries",
            "CREATE MACRO m() AS (SELECT max(sql_text) FROM _system.queries)",
            "PIVOT _system.queries ON user_name USING count(*)");

    @Test
    void ways_around_are_not_supported() {
        assertThat(UNSUPPORTED)
                .allSatisfy(sql -> assertFails(() -> session.update(sql, never), ErrorCode.FEATURE_NOT_SUPPORTED));
    }

    @Test
    void a_name_in_a_text_of_histogram_means_what_it_means_in_a_query() {
        List<List<Object>> byName = rows("FROM histogram(t, id)");
        assertThat(byName).isNotEmpty();
        assertThat(rows("FROM histogram('t', id)")).isEqualTo(byName);
    }

    @Test
    void rows_that_do_not_fit_are_not_appended_at_all() {
        List<List<@Nullable Object>> rows = new ArrayList<>(List.of(query("5", "alice"), query("6", "alice")));
        rows.set(1, rows.get(1).subList(0, 3));
        try (EngineConnection connection = engine.acquire()) {
            assertThatThrownBy(() -> connection.append("queries", rows)).isInstanceOf(SkyportException.class);
        }
        assertThat(column(admin, "SELECT count(*) FROM _system.queries")).containsExactly(3L);
    }
}
