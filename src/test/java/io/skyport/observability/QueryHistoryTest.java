package io.skyport.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.skyport.Configured;
import io.skyport.engine.DuckDbEngine;
import io.skyport.engine.EngineConnection;
import io.skyport.engine.EngineProperties;
import io.skyport.engine.MetadataRow;
import io.skyport.error.ErrorCode;
import io.skyport.session.Caller;
import io.skyport.session.FinishedStatement;
import io.skyport.session.FinishedStatement.Times;
import io.skyport.session.Protocol;
import io.skyport.sql.StatementKind;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueryHistoryTest {

    private static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final Caller CALLER = new Caller(Protocol.FLYDB, new InetSocketAddress("127.0.0.1", 4711));

    @TempDir
    Path directory;

    private final BufferAllocator allocator = new RootAllocator();
    private DuckDbEngine engine;
    private Instant now = START;

    @BeforeEach
    void open() {
        engine = new DuckDbEngine(
                directory,
                Configured.as(
                        "skyport.engine",
                        EngineProperties.class,
                        Map.of("skyport.engine.max-connections", 1, "skyport.engine.acquire-timeout", "0s")),
                allocator);
    }

    @AfterEach
    void close() {
        engine.close();
        assertThat(allocator.getAllocatedMemory()).isZero();
        allocator.close();
    }

    /** One that writes when it is told to. */
    private QueryHistory history(Map<String, Object> values) {
        Map<String, Object> all = new HashMap<>(Map.of("skyport.history.flush-interval", "1h"));
        all.putAll(values);
        HistoryProperties properties = Configured.as("skyport.history", HistoryProperties.class, all);
        StatementText texts = new StatementText(properties.literals(), properties.maxTextLength());
        return new QueryHistory(engine, properties, texts, () -> now).started();
    }

    private static FinishedStatement statement(String id, String text, ErrorCode failure, Instant started) {
        return new FinishedStatement(
                id,
                "s1",
                "alice",
                CALLER,
                text,
                StatementKind.QUERY,
                failure,
                started,
                new Times(1_000_000, 2_000_000, 3_500_000, FinishedStatement.NONE, 9_000_000),
                12,
                345);
    }

    private List<String> read(String expression) {
        List<String> rows = new ArrayList<>();
        MetadataRow.forEach(
                engine,
                "SELECT CAST(" + expression + " AS VARCHAR) FROM \"_system\".main.queries ORDER BY rowid",
                row -> rows.add(row.text(0)));
        return rows;
    }

    private void write(QueryHistory history, int from, int to) {
        for (int i = from; i <= to; i++) {
            history.statementFinished(statement("q" + i, "SELECT " + i, null, now));
        }
        history.flush();
    }

    @Test
    void what_is_told_of_a_statement_is_a_row_that_outlives_the_server() {
        try (QueryHistory history = history(Map.of())) {
            history.statementFinished(statement("q1", "SELECT 'x'", null, START));
            history.statementFinished(statement("q2", "SELECT", ErrorCode.SYNTAX_ERROR, START));
            history.statementFinished(statement("q3", "SELECT 1", ErrorCode.STATEMENT_TIMEOUT, START));
        }
        engine.close();
        open();
        try (QueryHistory history = history(Map.of())) {
            history.statementFinished(statement("q4", "SELECT 1", ErrorCode.QUERY_CANCELED, START));
        }

        assertThat(read("[query_id, status, sqlstate]"))
                .containsExactly(
                        "[q1, success, NULL]", "[q2, error, 42601]", "[q3, timeout, 57014]", "[q4, cancelled, 57014]");
        assertThat(read("[session_id, user_name, protocol, client_address, sql_text, kind]"))
                .startsWith("[s1, alice, flydb, '127.0.0.1:4711', SELECT 'x', query]"
                        .replace("SELECT 'x'", "'SELECT \\'x\\''"));
        assertThat(read("[compile_ms, queue_ms, engine_ms, first_batch_ms, total_ms]"))
                .startsWith("[1.0, 2.0, 3.5, NULL, 9.0]");
        assertThat(read("[row_count, byte_count, peak_memory_bytes]")).startsWith("[12, 345, NULL]");
        assertThat(read("epoch_ms(started_at)")).startsWith(String.valueOf(START.toEpochMilli()));
    }

    @Test
    void the_oldest_go_when_there_are_more_rows_than_may_be() {
        try (QueryHistory history = history(Map.of("skyport.history.max-rows", 100))) {
            write(history, 1, 100);
            assertThat(read("query_id")).hasSize(100);
            write(history, 101, 101);
            assertThat(read("query_id")).hasSize(90).startsWith("q12").endsWith("q101");
            write(history, 102, 1_000);
            assertThat(read("query_id")).hasSize(90).startsWith("q911").endsWith("q1000");
        }
        try (QueryHistory history = history(Map.of("skyport.history.max-rows", 5))) {
            write(history, 1_001, 1_001);
            assertThat(read("query_id")).containsExactly("q997", "q998", "q999", "q1000", "q1001");
        }
    }

    @Test
    void what_is_too_old_goes_also_when_nothing_comes() {
        try (QueryHistory history = history(Map.of("skyport.history.max-age", "1h"))) {
            write(history, 1, 2);
            now = START.plusSeconds(3_000);
            write(history, 3, 3);
            now = START.plusSeconds(3_700);
            history.flush();
            assertThat(read("query_id")).containsExactly("q3");
        }
    }

    @Test
    void what_finds_no_place_in_the_queue_is_dropped_and_counted() {
        try (QueryHistory history = history(Map.of("skyport.history.queue-size", 10))) {
            for (int i = 0; i < 25; i++) {
                history.statementFinished(statement("q" + i, "SELECT 1", null, START));
            }
            assertThat(history.dropped()).isEqualTo(15);
            history.flush();
            assertThat(read("query_id")).hasSize(10).startsWith("q0");
        }
    }

    @Test
    void what_cannot_be_written_now_is_written_later_once() {
        try (QueryHistory history = history(Map.of())) {
            write(history, 1, 1);
            try (EngineConnection all = engine.acquire()) {
                write(history, 2, 3);
            }
            write(history, 4, 4);
            assertThat(read("query_id")).containsExactly("q1", "q2", "q3", "q4");
            assertThat(history.dropped()).isZero();
        }
    }

    @Test
    void texts_are_kept_as_far_as_they_may_be() {
        try (QueryHistory history =
                history(Map.of("skyport.history.literals", false, "skyport.history.max-text-length", 20))) {
            history.statementFinished(statement("q1", "SELECT 'mine', 17", null, START));
            history.statementFinished(statement("q2", "SELECT a, " + "b, ".repeat(100_000), null, START));
        }
        try (QueryHistory history = history(Map.of())) {
            history.statementFinished(statement("q3", "CREATE USER u PASSWORD 'hidden'", null, START));
        }
        assertThat(read("sql_text"))
                .containsExactly("SELECT ?, ?", "SELECT a, b, b, b, b...", "CREATE USER u PASSWORD '***'");
    }

    @Test
    void it_is_written_by_itself_and_not_at_all_if_it_is_off() {
        try (QueryHistory history = history(Map.of("skyport.history.flush-interval", "10ms"))) {
            history.statementFinished(statement("q1", "SELECT 1", null, START));
            await().until(() -> {
                try {
                    return read("query_id").size() == 1;
                } catch (io.skyport.error.SkyportException busy) {
                    return false;
                }
            });
        }
        try (QueryHistory off = history(Map.of("skyport.history.enabled", false))) {
            write(off, 2, 2);
        }
        assertThat(read("query_id")).containsExactly("q1");
    }

    @Test
    void what_an_older_server_kept_in_other_columns_makes_room() {
        try (EngineConnection connection = engine.acquire()) {
            connection.update("CREATE TABLE \"_system\".main.queries (a INTEGER)", List.of());
        }
        try (QueryHistory history = history(Map.of())) {
            write(history, 1, 1);
        }
        assertThat(read("query_id")).containsExactly("q1");
    }
}
