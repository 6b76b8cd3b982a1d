package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyport.error.ErrorCode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CursorsTest extends CursorTestBase {

    private static final int MAX_CURSORS = 6;
    private static final int MAX_OWN_CONNECTIONS = 2;

    @Override
    Map<String, Object> configured() {
        return Map.of(
                "skyport.session.max-cursors",
                MAX_CURSORS,
                "skyport.session.max-own-connections",
                MAX_OWN_CONNECTIONS,
                "skyport.session.max-returned-bytes",
                "1MB");
    }

    @Test
    void a_static_cursor_shows_the_result_as_it_was() {
        fill(5);
        Cursor cursor = open(CursorType.STATIC, ALL);
        run("UPDATE n SET name = 'new' WHERE id = 2");
        run("DELETE FROM n WHERE id = 3");
        run("INSERT INTO n VALUES (6, 'v6')");
        assertThat(values(cursor, Fetch.next(10)))
                .containsExactly(
                        List.of(1, "v1"), List.of(2, "v2"), List.of(3, "v3"), List.of(4, "v4"), List.of(5, "v5"));
        run("DROP TABLE n");
        assertThat(fetch(cursor, Fetch.first(10))).hasSize(5);
    }

    @Test
    void a_keyset_cursor_shows_new_values_and_holes_and_no_new_rows() {
        fill(5);
        Cursor cursor = open(CursorType.KEYSET, "SELECT name, id * 2 AS d FROM n AS x WHERE id < 5 ORDER BY id DESC");
        run("UPDATE n SET name = 'own' WHERE id = 2");
        other().update("UPDATE n SET name = 'other' WHERE id = 4", never);
        run("DELETE FROM n WHERE id = 3");
        run("INSERT INTO n VALUES (0, 'v0')");
        try (CursorPage page = session.fetch(cursor, Fetch.next(10), never)) {
            assertThat(page.deleted()).isEqualTo(BitSet.valueOf(new long[] {0b10}));
            assertThat(rows(page))
                    .containsExactly(
                            List.of("other", 8), Arrays.asList(null, null), List.of("own", 4), List.of("v1", 2));
            assertThat(page.totalRows()).isEqualTo(4);
        }
        run("INSERT INTO n VALUES (3, 'again')");
        assertThat(values(cursor, Fetch.relative(1, 1))).containsExactly(List.of("again", 6));
    }

    @Test
    void a_keyset_cursor_shows_rows_that_the_query_would_not_select_any_more() {
        run("CREATE TABLE k (a VARCHAR NOT NULL, b DATE NOT NULL, c INTEGER, UNIQUE (a, b))");
        run(
                "INSERT INTO k VALUES ('x', DATE '2024-01-01', 1), ('x', DATE '2024-01-02', 2), ('y', DATE '2024-01-01', 3)");
        Cursor cursor = open(CursorType.KEYSET, "SELECT * FROM k WHERE c >= $1 ORDER BY c", 2);
        run("UPDATE k SET c = 0 WHERE c = 2");
        assertThat(values(cursor, Fetch.first(5)).stream().map(row -> row.get(2)))
                .containsExactly(0, 3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT name FROM n GROUP BY name",
                "SELECT DISTINCT name FROM n",
                "SELECT count(*) FROM n",
                "SELECT row_number() OVER (ORDER BY id) FROM n",
                "SELECT unnest([1, 2]) FROM n",
                "SELECT n.id FROM n JOIN n AS m ON n.id = m.id",
                "SELECT id FROM n UNION ALL SELECT id FROM n",
                "WITH x AS (SELECT * FROM n) SELECT * FROM x",
                "SELECT * FROM (SELECT * FROM n)",
                "SELECT 1",
                "SELECT * FROM nokey",
                "SELECT * FROM nullable",
                "SELECT * FROM v",
                "SELECT id FROM n WHERE id > $2 LIMIT $1",
                "SHOW TABLES"
            })
    void a_keyset_cursor_without_keys_is_refused(String query) {
        fill(2);
        run("CREATE TABLE nokey (a INTEGER NOT NULL)");
        run("CREATE TABLE nullable (a INTEGER UNIQUE)");
        run("CREATE VIEW v AS SELECT * FROM n");
        assertFails(() -> open(CursorType.KEYSET, query), ErrorCode.FEATURE_NOT_SUPPORTED);
        assertThat(session.cursors()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TINYINT: 7",
                "UBIGINT: 18446744073709551615",
                "HUGEINT: 99999999999999999999999999999999999",
                "DECIMAL(20, 4): 12.3456",
                "VARCHAR: 'it''s'",
                "UUID: '4ac7a9e9-607c-4c8a-84f3-843f0191e3fd'",
                "DATE: '2024-02-29'",
                "TIME: '01:02:03.000004'",
                "TIMESTAMP: '2024-02-29 01:02:03.000004'",
                "TIMESTAMP WITH TIME ZONE: '2024-02-29 01:02:03+00'",
                "BOOLEAN: true"
            })
    void keys_of_many_types_find_their_rows(String typeAndValue) {
        String[] parts = typeAndValue.split(": ", 2);
        run("CREATE TABLE k (k " + parts[0] + " PRIMARY KEY, v INTEGER)");
        run("INSERT INTO k VALUES (" + parts[1] + ", 1)");
        Cursor cursor = open(CursorType.KEYSET, "SELECT v, k FROM k");
        run("UPDATE k SET v = 2");
        assertThat(fetch(cursor, Fetch.next(1))).containsExactly(2);
    }

    @Test
    void a_dynamic_cursor_shows_everything_as_it_is_now() {
        fill(5);
        Cursor cursor = open(CursorType.DYNAMIC, ALL);
        assertThat(fetch(cursor, Fetch.next(2))).containsExactly(1, 2);
        run("INSERT INTO n VALUES (0, 'v0')");
        run("DELETE FROM n WHERE id = 4");
        other().update("UPDATE n SET name = 'other' WHERE id = 5", never);
        assertThat(values(cursor, Fetch.next(5)))
                .containsExactly(List.of(2, "v2"), List.of(3, "v3"), List.of(5, "other"));
    }

    @Test
    void what_is_dropped_or_changed_under_a_cursor_is_told() {
        fill(5);
        Cursor keyset = open(CursorType.KEYSET, ALL);
        Cursor dynamic = open(CursorType.DYNAMIC, "SELECT * FROM n ORDER BY id");
        Cursor forward = open(CursorType.FORWARD_ONLY, ALL);
        run("ALTER TABLE n ADD COLUMN more INTEGER");
        assertFails(() -> fetch(dynamic, Fetch.next(1)), ErrorCode.INVALID_CURSOR_STATE);
        run("DROP TABLE n");
        assertFails(() -> fetch(keyset, Fetch.next(1)), ErrorCode.UNDEFINED_TABLE);
        assertFails(() -> fetch(dynamic, Fetch.next(1)), ErrorCode.UNDEFINED_TABLE);
        assertThat(fetch(forward, Fetch.next(10))).hasSize(5);
    }

    @Test
    void parameters_are_bound_when_a_cursor_is_opened() {
        fill(5);
        for (CursorType type : CursorType.values()) {
            Cursor cursor = open(type, "SELECT id + $2 FROM n WHERE id > $1 ORDER BY id", 3L, 10);
            assertThat(fetch(cursor, Fetch.next(5))).containsExactly(14, 15);
            session.closeCursor(cursor.id());
        }
        Cursor all = open(
                CursorType.STATIC,
                "SELECT CAST(? AS VARCHAR) || ?, CAST(? AS DECIMAL(5, 2)), CAST(? AS DATE), CAST(? AS UUID), CAST(? AS DOUBLE)",
                "it's",
                "!",
                new BigDecimal("1.25"),
                LocalDate.of(2024, 2, 29),
                new UUID(1, 2),
                2);
        assertThat(values(all, Fetch.next(1)).get(0))
                .startsWith("it's!", new BigDecimal("1.25"))
                .endsWith("00000000-0000-0001-0000-000000000002", 2.0);
        Cursor none = session.openCursor(
                "SELECT CAST(? AS INTEGER)",
                null,
                CursorOptions.of(CursorType.DYNAMIC),
                Arrays.asList((Object) null),
                null,
                never);
        assertThat(fetch(none, Fetch.next(1))).containsExactly((Object) null);
        assertFails(() -> open(CursorType.STATIC, "SELECT ? + 1"), ErrorCode.PARAMETER_COUNT_MISMATCH);
        assertFails(() -> open(CursorType.FORWARD_ONLY, "SELECT 1", 1), ErrorCode.PARAMETER_COUNT_MISMATCH);
        assertFails(
                () -> open(CursorType.STATIC, "SELECT CAST(? AS INTEGER)", 1L << 40),
                ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE);
    }

    @Test
    void cursors_are_found_by_id_and_by_name() {
        fill(3);
        Cursor cursor = session.openCursor(ALL, "Mine", CursorOptions.of(CursorType.STATIC), List.of(), null, never);
        assertThat(session.cursor("mINE")).isSameAs(cursor);
        assertThat(session.cursor(cursor.id())).isSameAs(cursor);
        assertThat(session.cursors()).containsExactly(cursor);
        assertThat(cursor.name()).contains("Mine");
        assertFails(
                () -> session.openCursor(ALL, "mine", CursorOptions.of(CursorType.STATIC), List.of(), null, never),
                ErrorCode.DUPLICATE_CURSOR);
        assertFails(() -> other().cursor(cursor.id()), ErrorCode.INVALID_CURSOR_NAME);
        session.closeCursor("mine");
        assertThat(session.cursors()).isEmpty();
        assertFails(() -> session.closeCursor("mine"), ErrorCode.INVALID_CURSOR_NAME);
        assertFails(() -> session.cursor(cursor.id()), ErrorCode.INVALID_CURSOR_NAME);
        assertFails(() -> fetch(cursor, Fetch.next(1)), ErrorCode.INVALID_CURSOR_STATE);
    }

    @ParameterizedTest
    @EnumSource(CursorType.class)
    void a_cursor_is_opened_over_a_prepared_statement_with_the_row_bound_to_it(CursorType type) throws Exception {
        fill(10);
        PreparedStatement statement = session.prepare("SELECT id, name FROM n WHERE id > ? ORDER BY id");
        CursorOptions options = CursorOptions.of(type).withFetchSize(2);
        assertFails(() -> session.openCursor(statement, null, options, never), ErrorCode.PARAMETER_COUNT_MISMATCH);
        try (Rows row = Rows.of(allocator, List.of(7L));
                Rows two = Rows.of(allocator, List.of(1L), List.of(2L))) {
            session.bind(statement, two);
            assertThatThrownBy(() -> session.openCursor(statement, null, options, never))
                    .hasMessageContaining("one row of parameters, and 2 are bound");
            session.bind(statement, row);
        }
        Cursor cursor = session.openCursor(statement, "bound", options, never);
        session.closePreparedStatement(statement.handle());
        assertThat(fetch(session.cursor("BOUND"), Fetch.next(0))).containsExactly(8, 9);
        assertThat(fetch(cursor, Fetch.next(0))).containsExactly(10);
    }

    @Test
    void a_cursor_over_a_prepared_statement_belongs_to_its_transaction() {
        fill(10);
        Transaction transaction = session.begin();
        PreparedStatement statement = session.prepare(ALL, transaction);
        Cursor cursor = session.openCursor(statement, null, CursorOptions.of(CursorType.STATIC), never);
        session.commit(transaction);
        assertFails(() -> fetch(cursor, Fetch.next(1)), ErrorCode.INVALID_CURSOR_STATE);
    }

    @ParameterizedTest
    @EnumSource(value = CursorType.class, names = "KEYSET", mode = EnumSource.Mode.EXCLUDE)
    void a_cursor_is_opened_over_what_prepare_named(CursorType type) {
        fill(10);
        run("PREPARE later AS SELECT id, name FROM n WHERE id > ? ORDER BY id");
        run("SET fetch_size = 2");
        Cursor constant = open(type, "EXECUTE later(8)");
        Cursor bound = open(type, "EXECUTE later(?)", 7);
        run("DEALLOCATE later");
        assertThat(fetch(constant, Fetch.next(0))).containsExactly(9, 10);
        assertThat(fetch(bound, Fetch.next(0))).containsExactly(8, 9);
    }

    @Test
    void a_keyset_cursor_over_what_prepare_named_is_refused() {
        fill(10);
        run("PREPARE later AS SELECT id, name FROM n");
        assertFails(() -> open(CursorType.KEYSET, "EXECUTE later"), ErrorCode.FEATURE_NOT_SUPPORTED);
    }

    @Test
    void a_session_has_so_many_cursors_and_no_more() {
        for (int i = 0; i < MAX_CURSORS; i++) {
            open(CursorType.STATIC, "SELECT 1");
        }
        assertFails(() -> open(CursorType.STATIC, "SELECT 1"), ErrorCode.CONFIGURATION_LIMIT_EXCEEDED);
        session.closeCursor(session.cursors().get(0).id());
        open(CursorType.STATIC, "SELECT 1");
    }

    @Test
    void what_cannot_be_kept_is_refused() {
        fill(1);
        CursorOptions options = CursorOptions.of(CursorType.KEYSET);
        assertFails(() -> open(options.with(CursorConcurrency.LOCK), ALL), ErrorCode.FEATURE_NOT_SUPPORTED);
        assertFails(() -> open(options.with(CursorConcurrency.OPTIMISTIC), ALL), ErrorCode.FEATURE_NOT_SUPPORTED);
        assertFails(() -> open(CursorType.STATIC, "DELETE FROM n"), ErrorCode.FEATURE_NOT_SUPPORTED);
        assertFails(() -> open(CursorType.STATIC, "BEGIN"), ErrorCode.FEATURE_NOT_SUPPORTED);
        run("BEGIN");
        assertFails(
                () -> open(options.with(CursorConcurrency.OPTIMISTIC).withHold(), ALL),
                ErrorCode.FEATURE_NOT_SUPPORTED);
        assertFails(() -> open(options.with(CursorConcurrency.LOCK), ALL), ErrorCode.FEATURE_NOT_SUPPORTED);
        run("COMMIT");
        assertThat(rows("SELECT count(*) FROM n")).containsExactly(List.of(1L));
    }

    @Test
    void an_optimistic_cursor_lets_the_change_of_a_row_fail_that_others_changed() {
        fill(2);
        run("BEGIN");
        Cursor cursor = open(CursorOptions.of(CursorType.STATIC).with(CursorConcurrency.OPTIMISTIC), ALL);
        assertThat(fetch(cursor, Fetch.next(1))).containsExactly(1);
        other().update("UPDATE n SET name = 'other' WHERE id = 1", never);
        fails("UPDATE n SET name = 'own' WHERE id = 1", ErrorCode.SERIALIZATION_FAILURE);
        run("ROLLBACK");
    }

    @ParameterizedTest
    @EnumSource(CursorType.class)
    void a_cursor_ends_with_its_transaction(CursorType type) {
        fill(5000);
        for (String end : List.of("COMMIT", "ROLLBACK")) {
            run("BEGIN");
            Cursor cursor = open(type, ALL);
            assertThat(fetch(cursor, Fetch.next(2))).containsExactly(1, 2);
            run(end);
            assertFails(() -> fetch(cursor, Fetch.next(1)), ErrorCode.INVALID_CURSOR_STATE);
            assertThat(session.cursors()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(CursorType.class)
    void a_held_cursor_stays_open_after_commit_and_goes_with_rollback(CursorType type) {
        fill(200_000);
        run("BEGIN");
        Cursor held = open(CursorOptions.of(type).withHold(), ALL);
        assertThat(fetch(held, Fetch.next(2))).containsExactly(1, 2);
        run("COMMIT");
        assertThat(sessions.transactions().size()).isZero();
        assertThat(fetch(held, Fetch.next(2))).containsExactly(3, 4);
        session.closeCursor(held.id());
        run("BEGIN");
        Cursor lost = open(CursorOptions.of(type).withHold(), ALL);
        run("ROLLBACK");
        assertFails(() -> fetch(lost, Fetch.next(2)), ErrorCode.INVALID_CURSOR_STATE);
    }

    @ParameterizedTest
    @EnumSource(CursorType.class)
    void a_cursor_goes_on_after_rollback_to_a_savepoint_behind_it(CursorType type) {
        fill(200_000);
        run("BEGIN");
        run("UPDATE n SET name = 'own' WHERE id <= 3");
        Cursor before = open(type, ALL);
        assertThat(values(before, Fetch.next(1))).containsExactly(List.of(1, "own"));
        run("SAVEPOINT a");
        Cursor after = open(type, ALL);
        run("DELETE FROM n WHERE id = 1");
        run("ROLLBACK TO a");
        assertThat(values(before, Fetch.next(2))).containsExactly(List.of(2, "own"), List.of(3, "own"));
        assertFails(() -> fetch(after, Fetch.next(1)), ErrorCode.INVALID_CURSOR_STATE);
        run("ROLLBACK");
    }

    @Test
    void cursors_see_what_their_transaction_does_and_not_what_others_do() {
        fill(3);
        run("BEGIN");
        Cursor keyset = open(CursorType.KEYSET, ALL);
        Cursor dynamic = open(CursorType.DYNAMIC, ALL);
        other().update("UPDATE n SET name = 'other' WHERE id = 1", never);
        other().update("INSERT INTO n VALUES (0, 'other')", never);
        run("UPDATE n SET name = 'own' WHERE id = 2");
        List<List<Object>> seen = List.of(List.of(1, "v1"), List.of(2, "own"), List.of(3, "v3"));
        assertThat(values(keyset, Fetch.first(9))).isEqualTo(seen);
        assertThat(values(dynamic, Fetch.first(9))).isEqualTo(seen);
        run("ROLLBACK");
    }

    @Test
    void a_cursor_of_no_transaction_stays_and_sees_what_the_open_one_does() {
        fill(3);
        Cursor keyset = open(CursorType.KEYSET, ALL);
        run("BEGIN");
        run("UPDATE n SET name = 'own' WHERE id = 1");
        assertThat(values(keyset, Fetch.first(1))).containsExactly(List.of(1, "own"));
        run("ROLLBACK");
        assertThat(values(keyset, Fetch.first(1))).containsExactly(List.of(1, "v1"));
    }

    @Test
    void without_auto_commit_a_cursor_opens_a_transaction_and_ends_with_it() {
        fill(3);
        run("SET auto_commit = false");
        Cursor cursor = open(CursorOptions.of(CursorType.STATIC).with(CursorConcurrency.OPTIMISTIC), ALL);
        assertThat(sessions.transactions().size()).isOne();
        assertThat(fetch(cursor, Fetch.next(1))).containsExactly(1);
        run("COMMIT");
        assertFails(() -> fetch(cursor, Fetch.next(1)), ErrorCode.INVALID_CURSOR_STATE);
    }

    @Test
    void nothing_is_fetched_in_a_transaction_that_failed() {
        fill(3);
        run("BEGIN");
        Cursor cursor = open(CursorType.STATIC, ALL);
        run("SAVEPOINT a");
        fails("INSERT INTO n VALUES (1, 'again')", ErrorCode.UNIQUE_VIOLATION);
        assertFails(() -> fetch(cursor, Fetch.next(1)), ErrorCode.IN_FAILED_TRANSACTION);
        assertFails(() -> open(CursorType.STATIC, ALL), ErrorCode.IN_FAILED_TRANSACTION);
        run("ROLLBACK TO a");
        assertThat(fetch(cursor, Fetch.next(1))).containsExactly(1);
        run("ROLLBACK");
    }

    @Test
    void statements_run_while_a_forward_only_cursor_is_open_in_a_transaction() {
        fill(300_000);
        run("BEGIN");
        Cursor cursor = open(CursorType.FORWARD_ONLY, ALL);
        assertThat(fetch(cursor, Fetch.next(1))).containsExactly(1);
        run("DELETE FROM n");
        assertThat(rows("SELECT count(*) FROM n")).containsExactly(List.of(0L));
        int next = 2;
        for (List<Object> page = fetch(cursor, Fetch.next(20_000));
                !page.isEmpty();
                page = fetch(cursor, Fetch.next(20_000))) {
            assertThat(page).startsWith(next).endsWith(next + page.size() - 1);
            next += page.size();
        }
        assertThat(next).isEqualTo(300_001);
        run("ROLLBACK");
    }

    @Test
    void cursors_read_temporary_tables() {
        run("CREATE TEMP TABLE x (a INTEGER PRIMARY KEY)");
        run("INSERT INTO x VALUES (1), (2)");
        for (CursorType type : CursorType.values()) {
            Cursor cursor = open(type, "SELECT a FROM x ORDER BY a");
            run("INSERT INTO x VALUES (3) ON CONFLICT DO NOTHING");
            assertThat(fetch(cursor, Fetch.next(2))).containsExactly(1, 2);
            if (type == CursorType.FORWARD_ONLY) {
                session.closeCursor(cursor.id());
            }
        }
    }

    @Test
    void forward_only_cursors_of_no_transaction_keep_so_many_connections_and_no_more() {
        fill(300_000);
        List<Cursor> open = new ArrayList<>();
        for (int i = 0; i < MAX_OWN_CONNECTIONS; i++) {
            open.add(open(CursorType.FORWARD_ONLY, ALL));
        }
        assertFails(() -> open(CursorType.FORWARD_ONLY, ALL), ErrorCode.CONFIGURATION_LIMIT_EXCEEDED);
        session.closeCursor(open.get(0).id());
        Cursor short1 = open(CursorType.FORWARD_ONLY, "SELECT 1");
        assertThat(fetch(short1, Fetch.next(1))).containsExactly(1);
        open(CursorType.FORWARD_ONLY, ALL);
        run("BEGIN");
        open(CursorType.FORWARD_ONLY, ALL);
        run("COMMIT");
        assertFails(() -> open(CursorType.FORWARD_ONLY, "SELECT nonsense"), ErrorCode.UNDEFINED_COLUMN);
    }

    @Test
    void a_page_that_takes_too_much_memory_is_refused_and_the_cursor_stays_where_it_was() {
        fill(100_000);
        Cursor cursor = open(CursorType.STATIC, ALL);
        assertThat(fetch(cursor, Fetch.next(2))).containsExactly(1, 2);
        assertFails(() -> fetch(cursor, Fetch.next(100_000)), ErrorCode.CONFIGURATION_LIMIT_EXCEEDED);
        assertThat(fetch(cursor, Fetch.next(2))).containsExactly(3, 4);
        Cursor forward = open(CursorType.FORWARD_ONLY, ALL);
        assertFails(() -> fetch(forward, Fetch.next(100_000)), ErrorCode.CONFIGURATION_LIMIT_EXCEEDED);
        assertFails(() -> fetch(forward, Fetch.next(1)), ErrorCode.INVALID_CURSOR_STATE);
        Cursor dynamic = open(CursorType.DYNAMIC, ALL);
        assertThat(fetch(dynamic, Fetch.last(2))).containsExactly(99_999, 100_000);
        assertFails(() -> fetch(dynamic, Fetch.absolute(-90_000, 1)), ErrorCode.CONFIGURATION_LIMIT_EXCEEDED);
        assertThat(fetch(dynamic, Fetch.first(1))).containsExactly(1);
    }

    @Test
    void a_page_stays_as_it_is_when_its_cursor_goes_on_and_ends() {
        fill(5);
        Cursor cursor = open(CursorType.STATIC, ALL);
        try (CursorPage page = session.fetch(cursor, Fetch.next(2), never)) {
            fetch(cursor, Fetch.next(2));
            session.closeCursor(cursor.id());
            assertThat(rows(page)).containsExactly(List.of(1, "v1"), List.of(2, "v2"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void rows_of_a_page_that_nobody_used_are_what_the_next_fetch_begins_with(CursorType type) {
        fill(5_000);
        Cursor cursor = open(type, ALL);
        assertThat(fetch(cursor, Fetch.next(3))).containsExactly(1, 2, 3);
        assertThat(fetchAndUse(cursor, 4_997, 0)).isZero();
        assertThat(fetchAndUse(cursor, 4_997, 3_000)).isEqualTo(4);
        assertThat(fetchAndUse(cursor, 1_500, 1)).isEqualTo(3_004);
        assertThat(fetch(cursor, Fetch.next(2))).containsExactly(3_005, 3_006);
        List<Object> left = new ArrayList<>();
        for (List<Object> page = fetch(cursor, Fetch.next(900)); !page.isEmpty(); ) {
            left.addAll(page);
            page = fetch(cursor, Fetch.next(900));
        }
        assertThat(left).hasSize(1_994).startsWith(3_007, 3_008).endsWith(5_000);
    }

    /** The number of the first row that was used, or 0. */
    private long fetchAndUse(Cursor cursor, int rows, int used) {
        try (CursorPage page = session.fetch(cursor, Fetch.next(rows), never)) {
            Object first = rows(page).get(0).get(0);
            assertThat(page.leave(used)).isTrue();
            return used == 0 ? 0 : (int) first;
        }
    }

    @ParameterizedTest
    @EnumSource
    void rows_cannot_be_left_to_a_cursor_that_went_on_or_is_closed(CursorType type) {
        fill(10);
        Cursor cursor = open(type, ALL);
        try (CursorPage page = session.fetch(cursor, Fetch.next(3), never)) {
            fetch(cursor, Fetch.next(1));
            assertThat(page.leave(1)).isFalse();
        }
        assertThat(fetch(cursor, Fetch.next(1))).containsExactly(5);
        try (CursorPage page = session.fetch(cursor, Fetch.next(3), never)) {
            session.closeCursor(cursor.id());
            assertThat(page.leave(1)).isFalse();
        }
    }

    @Test
    void cursors_are_closed_with_their_session() {
        fill(300_000);
        run("BEGIN");
        for (CursorType type : CursorType.values()) {
            fetch(open(type, ALL), Fetch.next(1));
        }
        session.close();
        assertThat(session.cursors()).isEmpty();
        assertFails(() -> open(CursorType.STATIC, "SELECT 1"), ErrorCode.CONNECTION_EXCEPTION);
    }

    @Test
    void cancelling_stops_the_opening_and_leaves_nothing() {
        Cancellation cancelled = new Cancellation();
        cancelled.cancel();
        for (CursorType type : List.of(CursorType.FORWARD_ONLY, CursorType.STATIC)) {
            assertFails(
                    () -> session.openCursor("SELECT 1", null, CursorOptions.of(type), List.of(), null, cancelled),
                    ErrorCode.QUERY_CANCELED);
        }
        Cursor cursor = open(CursorType.STATIC, "SELECT 1");
        assertFails(() -> session.fetch(cursor, Fetch.next(1), cancelled), ErrorCode.QUERY_CANCELED);
        assertThat(fetch(cursor, Fetch.next(1))).containsExactly(1);
    }

    @Test
    void a_forward_only_cursor_that_was_not_read_when_cancelled_goes_on() {
        fill(3);
        Cancellation cancelled = new Cancellation();
        cancelled.cancel();
        Cursor cursor = open(CursorType.FORWARD_ONLY, ALL);
        assertFails(() -> session.fetch(cursor, Fetch.next(1), cancelled), ErrorCode.QUERY_CANCELED);
        assertThat(fetch(cursor, Fetch.next(1))).containsExactly(1);
    }

    @Test
    void an_open_cursor_is_nothing_that_runs_and_has_no_timeout() {
        fill(300_000);
        run("SET query_timeout = 0.2");
        Cursor cursor = open(CursorType.FORWARD_ONLY, ALL);
        assertThat(session.running()).isZero();
        assertThat(fetch(cursor, Fetch.next(1))).containsExactly(1);
        assertThat(session.running()).isZero();
        Cursor slow =
                open(CursorType.DYNAMIC, "SELECT count(*) FROM range(1000000000) AS a(i), range(1000000) AS b(i)");
        assertFails(() -> fetch(slow, Fetch.next(1)), ErrorCode.STATEMENT_TIMEOUT);
    }

    @Test
    void closing_stops_a_fetch_that_runs() throws Exception {
        Cursor cursor =
                open(CursorType.DYNAMIC, "SELECT count(*) FROM range(1000000000) AS a(i), range(1000000) AS b(i)");
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<?> fetching =
                    other.submit(() -> assertFails(() -> fetch(cursor, Fetch.next(1)), ErrorCode.QUERY_CANCELED));
            while (sessions.size() > 0 && !cursor.fetching()) {
                Thread.onSpinWait();
            }
            session.closeCursor(cursor.id());
            fetching.get(30, TimeUnit.SECONDS);
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void fetches_and_closes_at_the_same_time_leave_nothing_behind() throws Exception {
        fill(10_000);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 40; round++) {
                CursorType type = CursorType.values()[round % 4];
                Cursor cursor = open(type, ALL);
                CountDownLatch start = new CountDownLatch(1);
                List<Future<?>> fetches = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    fetches.add(threads.submit(() -> fetchUntilClosed(cursor, start)));
                }
                Future<?> closing = threads.submit(() -> {
                    start.await();
                    session.closeCursor(cursor.id());
                    return null;
                });
                start.countDown();
                closing.get(30, TimeUnit.SECONDS);
                for (Future<?> fetch : fetches) {
                    fetch.get(30, TimeUnit.SECONDS);
                }
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(session.cursors()).isEmpty();
    }

    private Object fetchUntilClosed(Cursor cursor, CountDownLatch start) throws InterruptedException {
        start.await();
        try {
            for (int i = 0; i < 100; i++) {
                fetch(cursor, Fetch.next(10));
            }
        } catch (io.skyport.error.SkyportException e) {
            assertThat(e.code()).isIn(Set.of(ErrorCode.INVALID_CURSOR_STATE, ErrorCode.QUERY_CANCELED));
        }
        return true;
    }
}
