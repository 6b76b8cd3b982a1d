package io.skyport.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HoldTest extends EngineTestBase {

    private static final String TABLE = "\"default\".main.t";
    private static final String MANY = "SELECT range AS i, repeat('x', 100) AS s FROM range(50000)";

    private EngineHold hold;

    @BeforeEach
    void open() {
        update("CREATE TABLE " + TABLE + " (i INTEGER)");
        hold = engine.hold();
    }

    @AfterEach
    void close() throws IOException {
        hold.close();
        assertThat(putAside()).isEmpty();
    }

    @Test
    void a_transaction_lasts_from_turn_to_turn_and_others_see_it_when_it_is_committed() {
        hold.begin();
        run("INSERT INTO " + TABLE + " VALUES (1)");
        run("INSERT INTO " + TABLE + " VALUES (2)");
        assertThat(value("SELECT count(*) FROM " + TABLE)).isEqualTo(0L);
        assertThat(rows(hold.acquire().query("SELECT i FROM " + TABLE + " ORDER BY i", List.of())))
                .containsExactly(List.of(1), List.of(2));

        hold.commit();

        assertThat(value("SELECT count(*) FROM " + TABLE)).isEqualTo(2L);
        assertThat(hold.inTransaction()).isFalse();
    }

    @Test
    void a_transaction_is_rolled_back_when_it_is_told_so_or_given_up() {
        hold.begin();
        run("INSERT INTO " + TABLE + " VALUES (1)");
        hold.rollback();
        hold.begin();
        run("INSERT INTO " + TABLE + " VALUES (1)");
        hold.close();

        assertThat(engine.activeConnections()).isZero();
        assertThat(value("SELECT count(*) FROM " + TABLE)).isEqualTo(0L);
    }

    @Test
    void an_aborted_transaction_can_be_rolled_back() {
        hold.begin();
        assertThat(codeOf(() -> run("SELECT CAST('x' AS INTEGER)"))).isEqualTo(ErrorCode.INVALID_TEXT_REPRESENTATION);
        assertThat(codeOf(() -> run("SELECT 1"))).isEqualTo(ErrorCode.IN_FAILED_TRANSACTION);
        hold.rollback();
        run("SELECT 1");
    }

    @Test
    void a_small_result_leaves_the_turn_at_once() throws IOException {
        EngineStream one = hold.acquire().query("SELECT 1 AS a", List.of());
        EngineStream two = hold.acquire().query("SELECT 2 AS a", List.of());
        assertThat(putAside()).isEmpty();
        assertThat(rows(two)).containsExactly(List.of(2));
        assertThat(rows(one)).containsExactly(List.of(1));
    }

    @Test
    void the_unread_rows_of_a_large_result_are_put_aside_for_the_next_statement() throws IOException {
        hold.begin();
        EngineStream stream = hold.acquire().query(MANY, List.of());
        assertThat(stream.loadNextBatch()).isTrue();
        assertThat(putAside()).isEmpty();

        run("INSERT INTO " + TABLE + " VALUES (1)");
        assertThat(putAside()).hasSize(1);
        hold.commit();

        long rows = stream.root().getRowCount();
        List<Object> last = List.of();
        for (List<Object> row : rows(stream)) {
            assertThat(row.get(0)).isEqualTo(rows++);
            last = row;
        }
        assertThat(last).containsExactly(49_999L, "x".repeat(100));
        assertThat(value("SELECT count(*) FROM " + TABLE)).isEqualTo(1L);
    }

    @Test
    void rows_put_aside_are_gone_when_their_stream_is_closed_unread() throws IOException {
        EngineStream stream = hold.acquire().query(MANY, List.of());
        run("SELECT 1");
        assertThat(putAside()).hasSize(1);
        stream.close();
        assertThat(putAside()).isEmpty();
    }

    @Test
    void a_failure_while_rows_are_put_aside_is_the_readers() {
        EngineStream stream = hold.acquire()
                .query(
                        "SELECT CASE WHEN range < 400000 THEN 1 ELSE error('at ' || range) END AS i,"
                                + " repeat('x', 200) AS s FROM (SELECT unnest(range(500000)) AS range)",
                        List.of());
        run("SELECT 1");
        // Which of its threads DuckDB hears first decides whether it tells the reason.
        assertThat(codeOf(() -> rows(stream))).isEqualTo(ErrorCode.DATA_EXCEPTION);
    }

    @Test
    void rows_that_would_take_too_much_disk_are_refused_to_their_reader() {
        hold.close();
        engine.close();
        engine = open(configured(Map.of("skyport.engine.max-spooled-size", "100KB")));
        hold = engine.hold();
        EngineStream stream = hold.acquire().query(MANY, List.of());
        run("SELECT 1");

        assertThat(failure(() -> rows(stream)))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.DISK_FULL))
                .hasMessageContaining("skyport.engine.max-spooled-size");
    }

    @Test
    void what_a_killed_server_left_is_removed_at_the_next_start() throws IOException {
        Path left = Files.writeString(data().resolve("tmp/skyport-1.arrows"), "");
        hold.close();
        engine.close();
        engine = open(properties(4, Duration.ofSeconds(10), 4));
        hold = engine.hold();

        assertThat(left).doesNotExist();
    }

    @Test
    void temporary_tables_do_not_reach_whoever_has_a_connection_next() {
        run("CREATE TEMP TABLE x (i INTEGER)");
        hold.close();
        hold = engine.hold();
        assertThat(codeOf(() -> run("SELECT * FROM temp.main.x"))).isEqualTo(ErrorCode.UNDEFINED_TABLE);
    }

    @Test
    void a_database_that_an_open_transaction_has_used_cannot_be_dropped() {
        engine.createDatabase("other");
        hold.begin();
        run("CREATE TABLE \"other\".main.t (i INTEGER)");

        assertThat(codeOf(() -> engine.dropDatabase("other"))).isEqualTo(ErrorCode.OBJECT_IN_USE);

        hold.rollback();
        engine.dropDatabase("other");
    }

    private void run(String sql) {
        try (EngineConnection connection = hold.acquire()) {
            connection.update(sql, List.of());
        }
    }

    private List<Path> putAside() throws IOException {
        try (Stream<Path> files = Files.list(data().resolve("tmp"))) {
            return new ArrayList<>(
                    files.filter(file -> file.toString().endsWith(".arrows")).toList());
        }
    }
}
