package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.error.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SavepointsTest extends SessionTestBase {

    @Override
    Map<String, Object> configured() {
        return Map.of("skyport.session.max-transaction-log", "20KB");
    }

    @Test
    void rollback_to_undoes_what_came_later_and_keeps_what_was_before() {
        run("INSERT INTO t VALUES (0, 'before')");
        run("BEGIN");
        run("INSERT INTO t VALUES (1, 'one')");
        run("SAVEPOINT a");
        run("INSERT INTO t VALUES (2, 'two')");
        run("UPDATE t SET name = 'changed'");
        run("ROLLBACK TO SAVEPOINT a");
        assertThat(rows("SELECT * FROM t ORDER BY id")).containsExactly(List.of(0, "before"), List.of(1, "one"));
        run("INSERT INTO t VALUES (3, 'three')");
        run("ROLLBACK TO a");
        run("INSERT INTO t VALUES (4, 'four')");
        run("COMMIT");
        assertThat(rows("SELECT id FROM t ORDER BY id")).containsExactly(List.of(0), List.of(1), List.of(4));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE t ADD COLUMN more INTEGER",
                "ALTER TABLE t DROP COLUMN name",
                "ALTER TABLE t ALTER COLUMN name TYPE BLOB",
                "ALTER TABLE t RENAME COLUMN name TO label",
                "DROP TABLE t",
                "ALTER TABLE t RENAME TO u",
                "INSERT INTO t VALUES (1, 'mine')"
            })
    void what_others_did_to_the_table_is_told_as_a_conflict_also_where_it_is_in_the_way(String change) {
        run("BEGIN");
        run("INSERT INTO t VALUES (1, 'one')");
        run("SAVEPOINT a");
        run("INSERT INTO t VALUES (2, 'two')");
        long unused = other().update(change, never);
        fails("ROLLBACK TO a", ErrorCode.SERIALIZATION_FAILURE);
        fails("ROLLBACK TO a", ErrorCode.SERIALIZATION_FAILURE);
        fails("SELECT 1", ErrorCode.IN_FAILED_TRANSACTION);
        run("ROLLBACK");
        assertThat(rows("SELECT 1")).containsExactly(List.of(1));
    }

    @Test
    void rollback_to_recovers_from_a_failed_statement() {
        run("BEGIN");
        run("INSERT INTO t VALUES (1, 'one')");
        run("SAVEPOINT a");
        fails("INSERT INTO t VALUES (1, 'again')", ErrorCode.UNIQUE_VIOLATION);
        fails("SELECT 1", ErrorCode.IN_FAILED_TRANSACTION);
        fails("SAVEPOINT b", ErrorCode.IN_FAILED_TRANSACTION);
        run("ROLLBACK TO a");
        run("INSERT INTO t VALUES (2, 'two')");
        run("COMMIT");
        assertThat(rows("SELECT id FROM t ORDER BY id")).containsExactly(List.of(1), List.of(2));
    }

    @Test
    void savepoints_nest_and_shadow() {
        run("BEGIN");
        run("SAVEPOINT a");
        run("INSERT INTO t VALUES (1, 'one')");
        run("SAVEPOINT b");
        run("INSERT INTO t VALUES (2, 'two')");
        run("SAVEPOINT A");
        run("INSERT INTO t VALUES (3, 'three')");
        run("ROLLBACK TO a");
        assertThat(rows("SELECT count(*) FROM t")).containsExactly(List.of(2L));
        run("RELEASE SAVEPOINT a");
        run("ROLLBACK TO b");
        assertThat(rows("SELECT count(*) FROM t")).containsExactly(List.of(1L));
        run("ROLLBACK TO a");
        assertThat(rows("SELECT count(*) FROM t")).containsExactly(List.of(0L));
        fails("ROLLBACK TO b", ErrorCode.INVALID_SAVEPOINT);
        run("ROLLBACK");
    }

    @Test
    void savepoints_end_with_their_transaction() {
        fails("SAVEPOINT a", ErrorCode.NO_ACTIVE_TRANSACTION);
        run("BEGIN");
        run("SAVEPOINT a");
        run("COMMIT");
        fails("ROLLBACK TO a", ErrorCode.NO_ACTIVE_TRANSACTION);
        run("BEGIN");
        fails("RELEASE a", ErrorCode.INVALID_SAVEPOINT);
        run("ROLLBACK");
    }

    @Test
    void ddl_is_done_again_and_undone() {
        run("BEGIN");
        run("CREATE TABLE u (a INTEGER PRIMARY KEY, b VARCHAR)");
        run("INSERT INTO u VALUES (1, 'x')");
        run("CREATE VIEW v AS SELECT b FROM u");
        run("SAVEPOINT a");
        run("ALTER TABLE u ADD COLUMN c INTEGER DEFAULT 7");
        run("DROP TABLE t");
        run("CREATE TABLE w (a INTEGER)");
        assertThat(rows("SELECT c FROM u")).containsExactly(List.of(7));
        run("ROLLBACK TO a");
        fails("SELECT c FROM u", ErrorCode.UNDEFINED_COLUMN);
        run("ROLLBACK TO a");
        fails("SELECT * FROM w", ErrorCode.UNDEFINED_TABLE);
        run("ROLLBACK TO a");
        assertThat(rows("SELECT * FROM v")).containsExactly(List.of("x"));
        run("INSERT INTO t VALUES (1, 'there')");
        run("COMMIT");
        assertThat(rows("SELECT v.b, name FROM v, t")).containsExactly(List.of("x", "there"));
    }

    @Test
    void what_chance_wrote_stays_what_it_was() {
        run(
                "CREATE TABLE u (id UUID DEFAULT uuid(), r DOUBLE, n HUGEINT, d DECIMAL(20, 4), l VARCHAR[], s STRUCT(a INTEGER),"
                        + " i INTERVAL, b BLOB, z TIMESTAMPTZ DEFAULT now())");
        run("BEGIN");
        run(
                "INSERT INTO u (r, n, d, l, s, i, b) SELECT random(), 170141183460469231731687303715884105727, 1.5, ['a', NULL],"
                        + " {'a': range}, INTERVAL 3 MONTH, '\\xAA'::BLOB FROM range(5)");
        run("UPDATE u SET r = random() WHERE r > 2 OR true");
        run("CREATE TABLE c AS SELECT random() AS r, uuid() AS id FROM range(3)");
        run("DELETE FROM c WHERE random() < 0.5");
        var u = rows("SELECT u::VARCHAR FROM u ORDER BY id");
        var c = rows("SELECT c::VARCHAR FROM c ORDER BY id");
        run("SAVEPOINT a");
        run("DELETE FROM u");
        run("ROLLBACK TO a");
        assertThat(rows("SELECT u::VARCHAR FROM u ORDER BY id")).isEqualTo(u).hasSize(5);
        assertThat(rows("SELECT c::VARCHAR FROM c ORDER BY id")).isEqualTo(c);
        run("COMMIT");
        assertThat(rows("SELECT u::VARCHAR FROM u ORDER BY id")).isEqualTo(u);
    }

    @Test
    void sequences_never_go_back() {
        run("CREATE SEQUENCE old");
        run("BEGIN");
        run("CREATE TABLE u (id INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a VARCHAR)");
        run("CREATE SEQUENCE s START 10 INCREMENT 5");
        run("INSERT INTO u (a) VALUES ('x'), ('y')");
        assertThat(rows("SELECT nextval('s'), nextval('s'), nextval('old')")).containsExactly(List.of(10L, 15L, 1L));
        run("SAVEPOINT a");
        run("INSERT INTO u (a) VALUES ('z')");
        run("ROLLBACK TO a");
        run("INSERT INTO u (a) VALUES ('zz')");
        assertThat(rows("SELECT id, a FROM u ORDER BY id"))
                .containsExactly(List.of(1, "x"), List.of(2, "y"), List.of(4, "zz"));
        assertThat(rows("SELECT nextval('s'), nextval('old')")).containsExactly(List.of(20L, 2L));
        run("COMMIT");
    }

    @Test
    void rows_of_returning_are_given_and_kept() {
        run("CREATE TABLE u (id UUID DEFAULT uuid(), a INTEGER)");
        run("BEGIN");
        var given = rows("INSERT INTO u (a) VALUES (1), (2) RETURNING a, id");
        assertThat(given).hasSize(2).allMatch(row -> row.size() == 2);
        run("SAVEPOINT a");
        run("ROLLBACK TO a");
        assertThat(rows("SELECT a, id FROM u ORDER BY a")).isEqualTo(given);
        run("COMMIT");
    }

    @Test
    void bound_rows_are_done_again() {
        run("CREATE TABLE u (id INTEGER GENERATED BY DEFAULT AS IDENTITY, a INTEGER, b VARCHAR)");
        run("BEGIN");
        insert("INSERT INTO t VALUES (?, ?)", 5_000);
        insert("INSERT INTO u (a, b) VALUES (?, ?)", 5_000);
        insert("UPDATE t SET name = 'up' || $2 WHERE id = $1", 20);
        run("SAVEPOINT a");
        run("DELETE FROM t");
        run("DELETE FROM u");
        run("ROLLBACK TO a");
        assertThat(rows("SELECT count(*), count(DISTINCT id), count(*) FILTER (WHERE name LIKE 'up%') FROM t"))
                .containsExactly(List.of(5_000L, 5_000L, 20L));
        assertThat(rows("SELECT count(*), count(DISTINCT id), sum(id - a) FROM u"))
                .containsExactly(List.of(5_000L, 5_000L, 5_000L));
        run("COMMIT");
    }

    private void insert(String text, int count) {
        PreparedStatement statement = session.prepare(text);
        try (Rows rows = Rows.counted(allocator, count, 1_000)) {
            session.update(statement, rows, never);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        session.closePreparedStatement(statement.handle());
    }

    @Test
    void the_time_stands_still_in_a_transaction() {
        String times = "SELECT now(), current_timestamp, current_date, today(), localtimestamp, localtime::VARCHAR,"
                + " current_time::VARCHAR, transaction_timestamp(), get_current_timestamp()";
        run("CREATE TABLE u (z TIMESTAMPTZ, d DATE, l TIMESTAMP, w TIME)");
        run("BEGIN");
        var first = rows(times);
        run("INSERT INTO u VALUES (now(), current_date, localtimestamp, localtime)");
        run("SAVEPOINT a");
        run("ROLLBACK TO a");
        assertThat(rows(times)).isEqualTo(first);
        run("INSERT INTO u VALUES (CURRENT_TIMESTAMP, today(), LOCALTIMESTAMP, LOCALTIME)");
        assertThat(rows("SELECT DISTINCT * FROM u")).hasSize(1);
        run("INSERT INTO u (l) VALUES (sysdate())");
        run("INSERT INTO u (l) SELECT sysdate() FROM range(2)");
        var last = rows("SELECT l FROM u ORDER BY l");
        run("SAVEPOINT b");
        run("ROLLBACK TO b");
        assertThat(rows("SELECT l FROM u ORDER BY l")).isEqualTo(last);
        run("COMMIT");
        assertThat(rows("SELECT bool_and(z = now()) FROM u")).containsExactly(List.of(false));
    }

    @Test
    void nobody_else_may_have_changed_what_is_done_again() {
        run("INSERT INTO t VALUES (1, 'one')");
        run("CREATE TABLE u (a INTEGER)");
        run("BEGIN");
        rows("SELECT * FROM t");
        run("INSERT INTO u VALUES (1)");
        run("SAVEPOINT a");
        other().update("CREATE TABLE other (a INTEGER)", never);
        other().update("INSERT INTO other VALUES (1)", never);
        run("ROLLBACK TO a");
        other().update("INSERT INTO t VALUES (2, 'two')", never);
        assertThat(rows("SELECT count(*) FROM t")).containsExactly(List.of(1L));
        fails("ROLLBACK TO a", ErrorCode.SERIALIZATION_FAILURE);
        fails("SELECT 1", ErrorCode.IN_FAILED_TRANSACTION);
        fails("ROLLBACK TO a", ErrorCode.SERIALIZATION_FAILURE);
        run("ROLLBACK");
        assertThat(rows("SELECT count(*) FROM u")).containsExactly(List.of(0L));
    }

    @Test
    void what_was_read_stays_as_it_was_after_rollback_to_also_if_nothing_is_done_again() {
        run("BEGIN");
        rows("SELECT * FROM t");
        run("SAVEPOINT a");
        run("ROLLBACK TO a");
        other().update("INSERT INTO t VALUES (1, 'one')", never);
        assertThat(rows("SELECT count(*) FROM t")).containsExactly(List.of(0L));
        run("ROLLBACK");
    }

    @Test
    void what_was_read_by_a_function_must_not_have_changed_either() {
        run("CREATE TABLE u (n BIGINT)");
        run("CREATE MACRO many() AS (SELECT count(*) FROM t)");
        run("BEGIN");
        run("INSERT INTO u SELECT many()");
        run("SAVEPOINT a");
        other().update("INSERT INTO t VALUES (1, 'one')", never);
        fails("ROLLBACK TO a", ErrorCode.SERIALIZATION_FAILURE);
        run("ROLLBACK");
    }

    @Test
    void temporary_tables_are_done_again() {
        run("BEGIN");
        run("CREATE TEMP TABLE x AS SELECT 1 AS a");
        run("SAVEPOINT a");
        run("INSERT INTO x VALUES (2)");
        run("CREATE TEMP TABLE y AS SELECT 1 AS a");
        run("ROLLBACK TO a");
        assertThat(rows("SELECT a FROM x")).containsExactly(List.of(1));
        run("COMMIT");
        assertThat(rows("SELECT a FROM x")).containsExactly(List.of(1));
        fails("SELECT * FROM y", ErrorCode.UNDEFINED_TABLE);
    }

    @Test
    void unread_rows_survive_rollback_to() {
        run("BEGIN");
        run("SAVEPOINT a");
        Execution execution = session.execute("SELECT range FROM range(100000)", never);
        run("ROLLBACK TO a");
        assertThat(rows(execution)).hasSize(100_000);
        run("ROLLBACK");
    }

    @Test
    void a_transaction_that_is_too_large_to_be_done_again_goes_on_without_savepoints() {
        run("BEGIN");
        run("SAVEPOINT a");
        for (int i = 0; i < 100; i++) {
            run("INSERT INTO t VALUES (" + i + ", 'one')");
        }
        fails("ROLLBACK TO a", ErrorCode.PROGRAM_LIMIT_EXCEEDED);
        fails("SAVEPOINT b", ErrorCode.PROGRAM_LIMIT_EXCEEDED);
        run("COMMIT");
        assertThat(rows("SELECT count(*) FROM t")).containsExactly(List.of(100L));
    }

    @Test
    void long_parameters_make_a_transaction_too_large_as_well() throws Exception {
        PreparedStatement insert = session.prepare("INSERT INTO t VALUES (?, ?)");
        run("BEGIN");
        run("SAVEPOINT a");
        try (Rows rows = Rows.of(allocator, List.of(1L, "x".repeat(20_000)))) {
            long unused = session.update(insert, rows, never);
        }
        fails("ROLLBACK TO a", ErrorCode.PROGRAM_LIMIT_EXCEEDED);
        run("COMMIT");
        assertThat(rows("SELECT count(*) FROM t")).containsExactly(List.of(1L));
    }

    @Test
    void savepoints_are_found_by_their_ids() {
        Transaction transaction = session.begin(TransactionMode.DEFAULT);
        String first = session.savepoint(transaction, "a");
        session.update("INSERT INTO t VALUES (1, 'one')", transaction, never);
        String second = session.savepoint(transaction, "a");
        session.update("INSERT INTO t VALUES (2, 'two')", transaction, never);
        session.release(transaction, second);
        session.rollbackTo(transaction, first);
        session.commit(transaction);
        assertThat(rows("SELECT count(*) FROM t")).containsExactly(List.of(0L));
    }
}
