package io.skyport.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InterruptionTest extends EngineTestBase {

    /** Computes for minutes before its only row. */
    private static final String SLOW_FIRST_ROW = "SELECT count(*) FROM range(100000000000) t(i) WHERE i % 7 = 3";
    /** Fills the streaming buffer at once, then computes for minutes. */
    private static final String SLOW_LATER_ROW =
            "SELECT i FROM range(100000000000) t(i) WHERE i < 4000000 OR i > 99999999990";

    /** Far more than it takes, far less than the statement would: shared machines stall. */
    private static final Duration SOON = Duration.ofSeconds(5);

    /** Interrupts until the call ends, from the moment the engine works for the lease. */
    private SkyportException interrupted(EngineConnection connection, Runnable call) throws Exception {
        CompletableFuture<SkyportException> failure = new CompletableFuture<>();
        Thread caller = new Thread(() -> failure.complete(failure(call)));
        caller.start();
        long began = System.nanoTime();
        while (!failure.isDone()) {
            connection.interrupt();
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(SOON);
        caller.join();
        return failure.get();
    }

    @Test
    void an_interrupt_stops_a_query_before_its_first_row() throws Exception {
        EngineConnection connection = engine.acquire();
        SkyportException failure = interrupted(connection, () -> connection.query(SLOW_FIRST_ROW, List.of()));
        assertThat(failure.code()).isEqualTo(ErrorCode.QUERY_CANCELED);
        assertThat(failure.text()).isEqualTo("the statement was canceled");
    }

    @Test
    void an_interrupt_stops_a_query_while_its_reader_waits_for_a_batch() throws Exception {
        try (EngineStream stream = engine.acquire().query(SLOW_LATER_ROW, List.of())) {
            CompletableFuture<SkyportException> failure = new CompletableFuture<>();
            CountDownLatch reading = new CountDownLatch(1);
            Thread reader = new Thread(() -> failure.complete(failure(() -> {
                while (stream.loadNextBatch()) {
                    reading.countDown();
                }
            })));
            reader.start();
            reading.await();
            long began = System.nanoTime();
            stream.interrupt();
            assertThat(failure.get().code()).isEqualTo(ErrorCode.QUERY_CANCELED);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(SOON);
            reader.join();
        }
        assertThat(value("SELECT 1")).isEqualTo(1);
    }

    @Test
    void an_interrupt_between_two_batches_fails_the_next() {
        try (EngineStream stream = engine.acquire().query("SELECT * FROM range(1000000)", List.of())) {
            assertThat(stream.loadNextBatch()).isTrue();
            stream.interrupt();
            assertThat(codeOf(stream::loadNextBatch)).isEqualTo(ErrorCode.QUERY_CANCELED);
        }
    }

    @Test
    void an_interrupt_stops_an_update_and_leaves_the_connection_usable() throws Exception {
        engine.close();
        engine = open(properties(1, Duration.ofSeconds(10), 4));
        update("CREATE TABLE \"default\".main.t (i BIGINT)");
        try (EngineConnection connection = engine.acquire()) {
            SkyportException failure = interrupted(
                    connection, () -> connection.update("INSERT INTO \"default\".main.t " + SLOW_FIRST_ROW, List.of()));
            assertThat(failure.code()).isEqualTo(ErrorCode.QUERY_CANCELED);
        }
        assertThat(update("INSERT INTO \"default\".main.t VALUES (1)")).isEqualTo(1);
        assertThat(value("SELECT count(*) FROM \"default\".main.t")).isEqualTo(1L);
    }

    @Test
    void an_interrupt_before_anything_begins_stops_whatever_does() {
        try (EngineConnection connection = engine.acquire()) {
            connection.interrupt();
            assertThat(codeOf(() -> connection.describe("SELECT 1"))).isEqualTo(ErrorCode.QUERY_CANCELED);
            assertThat(codeOf(() -> connection.update("SELECT 1", List.of()))).isEqualTo(ErrorCode.QUERY_CANCELED);
            assertThat(codeOf(() -> connection.query(SLOW_FIRST_ROW, List.of())))
                    .isEqualTo(ErrorCode.QUERY_CANCELED);
        }
    }

    @Test
    void an_interrupt_of_the_connection_between_two_batches_fails_the_next() {
        EngineConnection connection = engine.acquire();
        try (EngineStream stream = connection.query("SELECT * FROM range(1000000)", List.of())) {
            assertThat(stream.loadNextBatch()).isTrue();
            connection.interrupt();
            assertThat(codeOf(stream::loadNextBatch)).isEqualTo(ErrorCode.QUERY_CANCELED);
        }
    }

    @Test
    void an_interrupt_between_two_statements_of_a_transaction_stops_the_next_and_lets_it_be_rolled_back() {
        engine.close();
        engine = open(properties(1, Duration.ofSeconds(10), 4));
        update("CREATE TABLE \"default\".main.t (i BIGINT)");
        try (EngineConnection connection = engine.acquire()) {
            connection.begin();
            connection.update("INSERT INTO \"default\".main.t VALUES (1)", List.of());
            connection.interrupt();
            assertThat(codeOf(() -> connection.update("INSERT INTO \"default\".main.t VALUES (2)", List.of())))
                    .isEqualTo(ErrorCode.QUERY_CANCELED);
            assertThat(codeOf(connection::commit)).isEqualTo(ErrorCode.QUERY_CANCELED);
            assertThat(connection.inTransaction()).isTrue();
            connection.rollback();
            assertThat(connection.inTransaction()).isFalse();
        }
        assertThat(value("SELECT count(*) FROM \"default\".main.t")).isEqualTo(0L);
    }

    @Test
    void an_interrupt_stops_an_ingest_whose_input_never_ends() throws Exception {
        update("CREATE TABLE \"default\".main.t (i BIGINT)");
        Schema schema = new Schema(List.of(Field.nullable("i", new ArrowType.Int(64, true))));
        try (EngineConnection connection = engine.acquire();
                ScriptedReader input = new ScriptedReader(allocator, schema, (root, batch) -> {
                    ((BigIntVector) root.getVector(0)).setSafe(0, batch);
                    root.setRowCount(1);
                    return true;
                })) {
            SkyportException failure = interrupted(
                    connection,
                    () -> connection.ingest("INSERT INTO \"default\".main.t SELECT * FROM input", "input", input));
            assertThat(failure.code()).isEqualTo(ErrorCode.QUERY_CANCELED);
        }
        assertThat(value("SELECT count(*) FROM \"default\".main.t")).isEqualTo(0L);
    }

    @RepeatedTest(20)
    void an_interrupt_of_a_lease_that_ended_never_hits_the_next() throws Exception {
        engine.close();
        engine = open(properties(1, Duration.ofSeconds(30), 4));
        EngineConnection ended = engine.acquire();
        CountDownLatch go = new CountDownLatch(1);
        Thread interrupter = new Thread(() -> {
            go.countDown();
            for (int i = 0; i < 200; i++) {
                ended.interrupt();
            }
        });
        interrupter.start();
        go.await();
        try (ended) {
            ended.update("SELECT 1", List.of());
        } catch (SkyportException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.QUERY_CANCELED);
        }
        for (int i = 0; i < 20; i++) {
            assertThat(value("SELECT sum(i) FROM range(10000) t(i)").toString()).isEqualTo("49995000");
        }
        interrupter.join();
    }

    @Test
    void closing_a_stream_early_stops_its_query_and_keeps_its_connection() {
        engine.close();
        engine = open(properties(1, Duration.ofSeconds(10), 4));
        for (int i = 0; i < 5; i++) {
            EngineStream stream = engine.acquire().query(SLOW_LATER_ROW, List.of());
            stream.loadNextBatch();
            long began = System.nanoTime();
            stream.close();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(SOON);
            assertThat(value("SELECT 1")).isEqualTo(1);
        }
    }

    @Test
    void progress_of_a_long_query_is_told_to_other_threads() throws Exception {
        try (DuckDbConnection connection = engine.lease()) {
            Assumptions.assumeTrue(connection.pooled().instance().countsProgress(), "DuckDB 2.0 does not");
        }
        update("CREATE TABLE \"default\".main.big AS SELECT i FROM range(5000000) t(i)");
        EngineConnection connection = engine.acquire();
        assertThat(connection.progress()).isEqualTo(-1);
        CompletableFuture<SkyportException> failure = new CompletableFuture<>();
        Thread caller = new Thread(() -> failure.complete(failure(() -> connection.query(
                "SELECT max(sha256(sha256(sha256(sha256(sha256(i::VARCHAR)))))) FROM \"default\".main.big",
                List.of()))));
        caller.start();
        double progress = -1;
        while (progress <= 0 && !failure.isDone()) {
            progress = connection.progress();
            TimeUnit.MILLISECONDS.sleep(1);
        }
        connection.interrupt();
        assertThat(failure.get().code()).isEqualTo(ErrorCode.QUERY_CANCELED);
        assertThat(progress).isBetween(0.001, 1.0);
        caller.join();
    }

    @Test
    void many_streams_interrupted_at_random_leave_nothing_behind() throws Exception {
        List<CompletableFuture<Void>> readers = new ArrayList<>();
        for (int reader = 1; reader <= 3; reader++) {
            long pauseNanos = reader * 3_000_000L;
            readers.add(CompletableFuture.runAsync(
                    () -> {
                        for (int i = 0; i < 15; i++) {
                            readUntilInterrupted(pauseNanos + i * 500_000L);
                        }
                    },
                    task -> new Thread(task).start()));
        }
        CompletableFuture.allOf(readers.toArray(CompletableFuture[]::new)).get();
        assertThat(value("SELECT 1")).isEqualTo(1);
    }

    private void readUntilInterrupted(long pauseNanos) {
        EngineConnection connection = engine.acquire();
        Thread interrupter = new Thread(() -> {
            LockSupport.parkNanos(pauseNanos);
            connection.interrupt();
        });
        interrupter.start();
        try (EngineStream stream = connection.query("SELECT i, i::VARCHAR FROM range(3000000) t(i)", List.of())) {
            while (stream.loadNextBatch()) {}
        } catch (SkyportException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.QUERY_CANCELED);
        }
    }
}
