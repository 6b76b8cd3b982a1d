package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.error.ErrorCode;
import io.skyport.sql.ResultColumn;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** DECLARE, FETCH, MOVE and CLOSE as texts. */
class SqlCursorsTest extends SessionTestBase {

    @BeforeEach
    void fill() {
        run("INSERT INTO t SELECT i, 'n' || i FROM range(1, 11) AS r(i)");
    }

    private List<Object> ids(String fetch) {
        return rows(fetch).stream().map(row -> row.get(0)).toList();
    }

    @Test
    void a_cursor_gives_its_rows_as_they_are_asked_for_and_ends_with_its_transaction() {
        run("BEGIN");
        assertThat(run("DECLARE c CURSOR FOR SELECT id, name FROM t ORDER BY id"))
                .isZero();
        assertThat(rows("FETCH c")).containsExactly(List.of(1, "n1"));
        assertThat(ids("FETCH NEXT FROM C")).containsExactly(2);
        assertThat(ids("FETCH 3 IN c")).containsExactly(3, 4, 5);
        assertThat(run("MOVE FORWARD 2 FROM c")).isEqualTo(2);
        assertThat(ids("FETCH ALL FROM c")).containsExactly(8, 9, 10);
        assertThat(ids("FETCH FORWARD c")).isEmpty();
        assertThat(run("MOVE c")).isZero();
        run("COMMIT");
        fails("FETCH c", ErrorCode.INVALID_CURSOR_NAME);
    }

    @Test
    void a_scroll_cursor_goes_everywhere_and_shows_what_was() {
        run("DECLARE c INSENSITIVE SCROLL CURSOR WITH HOLD FOR SELECT id FROM t ORDER BY id");
        run("DELETE FROM t WHERE id > 5");
        assertThat(ids("FETCH LAST FROM c")).containsExactly(10);
        assertThat(ids("FETCH PRIOR FROM c")).containsExactly(9);
        assertThat(ids("FETCH FIRST FROM c")).containsExactly(1);
        assertThat(ids("FETCH ABSOLUTE 4 FROM c")).containsExactly(4);
        assertThat(ids("FETCH RELATIVE +2 FROM c")).containsExactly(6);
        assertThat(ids("FETCH RELATIVE -1 c")).containsExactly(5);
        assertThat(ids("FETCH ABSOLUTE -1 FROM c")).containsExactly(10);
        assertThat(ids("FETCH BACKWARD 2 FROM c")).containsExactly(8, 9);
        assertThat(ids("FETCH -3 FROM c")).containsExactly(5, 6, 7);
        assertThat(ids("FETCH BACKWARD ALL FROM c")).containsExactly(1, 2, 3, 4);
        run("CLOSE c");
        fails("CLOSE c", ErrorCode.INVALID_CURSOR_NAME);
    }

    @Test
    void a_sensitive_one_shows_what_is() {
        run("DECLARE c SENSITIVE SCROLL CURSOR FOR SELECT id, name FROM t ORDER BY id");
        run("UPDATE t SET name = 'changed' WHERE id = 1");
        assertThat(rows("FETCH FIRST FROM c")).containsExactly(List.of(1, "changed"));
        run("CLOSE ALL");
        fails("FETCH c", ErrorCode.INVALID_CURSOR_NAME);
        run("CLOSE ALL");
    }

    @Test
    void with_hold_outlives_commit_and_not_rollback() {
        run("BEGIN");
        run("DECLARE kept CURSOR WITH HOLD FOR SELECT id FROM t ORDER BY id");
        run("DECLARE gone CURSOR WITHOUT HOLD FOR SELECT id FROM t ORDER BY id");
        run("COMMIT");
        assertThat(ids("FETCH kept")).containsExactly(1);
        fails("FETCH gone", ErrorCode.INVALID_CURSOR_NAME);
        run("CLOSE kept");
        run("BEGIN");
        run("DECLARE kept CURSOR WITH HOLD FOR SELECT 1");
        run("ROLLBACK");
        fails("FETCH kept", ErrorCode.INVALID_CURSOR_NAME);
    }

    @Test
    void fetch_announces_the_columns_of_its_cursor_and_describing_it_moves_nothing() {
        run("DECLARE c CURSOR FOR SELECT id, name AS \"the name\" FROM t ORDER BY id");
        assertThat(session.describe("FETCH 2 FROM c").columns())
                .extracting(ResultColumn::name)
                .containsExactly("id", "the name");
        assertThat(session.describe("MOVE 2 FROM c").columns()).isEmpty();
        PreparedStatement fetch = session.prepare("FETCH 2 FROM c");
        assertThat(rows(session.execute(fetch, never))).hasSize(2).first().isEqualTo(List.of(1, "n1"));
        assertThat(rows(session.execute(fetch, never))).hasSize(2).first().isEqualTo(List.of(3, "n3"));
        session.execute(fetch, never).discard();
        assertThat(session.update("FETCH c", never)).isEqualTo(Execution.UNKNOWN_COUNT);
        assertThat(ids("FETCH c")).containsExactly(8);
        run("CLOSE c");
        run("DECLARE c CURSOR FOR SELECT 'other' AS other");
        assertThat(rows(session.execute(fetch, never))).containsExactly(List.of("other"));
        run("CLOSE c");
    }

    @Test
    void mistakes_have_their_codes_and_places() {
        run("DECLARE c CURSOR FOR SELECT 1");
        fails("DECLARE C CURSOR FOR SELECT 2", ErrorCode.DUPLICATE_CURSOR);
        fails("FETCH FIRST FROM c", ErrorCode.INVALID_CURSOR_STATE);
        fails("FETCH 0 FROM c", ErrorCode.INVALID_PARAMETER_VALUE, 1, 7);
        fails("FETCH 9999999999999999999 FROM c", ErrorCode.INVALID_PARAMETER_VALUE, 1, 7);
        fails("FETCH", ErrorCode.SYNTAX_ERROR);
        fails("FETCH NEXT FROM", ErrorCode.SYNTAX_ERROR);
        fails("UPDATE t SET name = 'x' WHERE CURRENT OF c", ErrorCode.SYNTAX_ERROR);
        fails("CLOSE nowhere", ErrorCode.INVALID_CURSOR_NAME);
        fails("MOVE nowhere", ErrorCode.INVALID_CURSOR_NAME);
        fails("DECLARE d CURSOR FOR DELETE FROM t", ErrorCode.FEATURE_NOT_SUPPORTED, 1, 22);
        fails("DECLARE d CURSOR FOR SELECT ?", ErrorCode.FEATURE_NOT_SUPPORTED, 1, 22);
        fails("DECLARE d SENSITIVE CURSOR FOR SELECT 1", ErrorCode.FEATURE_NOT_SUPPORTED, 1, 9);
        fails("DECLARE d CURSOR FOR\nSELECT nothing FROM t", ErrorCode.UNDEFINED_COLUMN, 2, 8);
        fails("DECLARE d CURSOR FOR SELECT * FROM nowhere", ErrorCode.UNDEFINED_TABLE, 1, 36);
        run("CLOSE c");
    }

    @Test
    void what_fails_has_its_place_in_the_clients_text_and_fails_the_transaction() {
        run("BEGIN");
        fails(
                "DECLARE c CURSOR FOR\n  SELECT\n  CAST(name AS INTEGER) FROM t",
                ErrorCode.INVALID_TEXT_REPRESENTATION,
                3,
                3);
        fails("SELECT 1", ErrorCode.IN_FAILED_TRANSACTION);
        run("ROLLBACK");
        run("BEGIN");
        run("DECLARE c CURSOR FOR SELECT CASE WHEN i < 100000 THEN 1 ELSE error('late') END, repeat('x', 200)"
                + " FROM (SELECT unnest(range(200000)) AS i)");
        assertThat(run("MOVE 500 IN c")).isEqualTo(500);
        fails("MOVE ALL IN c", ErrorCode.DATA_EXCEPTION);
        fails("FETCH c", ErrorCode.IN_FAILED_TRANSACTION);
        run("ROLLBACK");
    }

    @Test
    void without_auto_commit_declare_opens_a_transaction() {
        run("SET auto_commit = off");
        run("DECLARE c CURSOR FOR SELECT id FROM t ORDER BY id");
        assertThat(session.current()).isPresent();
        assertThat(ids("FETCH c")).containsExactly(1);
        run("COMMIT");
        fails("FETCH c", ErrorCode.INVALID_CURSOR_NAME);
        run("SET auto_commit = on");
    }

    @Test
    void who_shares_a_session_declares_nothing_and_sees_nobody_elses() {
        Session shared = sessions.session("carol", Set.of(), null);
        assertFails(() -> shared.update("DECLARE c CURSOR FOR SELECT 1", never), ErrorCode.INVALID_TRANSACTION_STATE);
        run("DECLARE c CURSOR FOR SELECT 1");
        assertFails(() -> other().execute("FETCH c", never), ErrorCode.INVALID_CURSOR_NAME);
        run("CLOSE c");
    }

    @Test
    void the_words_are_names_elsewhere() {
        assertThat(rows("SELECT 1 AS next, 2 AS prior, 3 AS absolute, 4 AS forward, 5 AS move, 6 AS scroll"))
                .hasSize(1);
        run("DECLARE move CURSOR FOR SELECT 1");
        assertThat(rows("FETCH FROM move")).hasSize(1);
        run("CLOSE move");
    }
}
