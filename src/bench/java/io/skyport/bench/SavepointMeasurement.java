package io.skyport.bench;

import io.skyport.engine.DuckDbEngine;
import io.skyport.session.Cancellation;
import io.skyport.session.PreparedStatement;
import io.skyport.session.Session;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;

/** What a savepoint and coming back to it cost as the transaction before it grows. */
final class SavepointMeasurement {

    static final String NAME = "savepoints";

    private static final long ACCOUNTS = 100_000;
    private static final int[] WRITES = {1, 10, 100, 1_000, 10_000};
    private static final int[] BATCHES = {1, 10, 100};
    private static final int MOST_WRITES_IN_ALL = 20_000;
    private static final int MOST_BATCHES_IN_ALL = 200;
    private static final int MOST_RUNS = 100;

    private final BenchSettings settings;
    private final BufferAllocator allocator;
    private final Path directory;
    private final Cancellation never = new Cancellation();

    /** @param directory for the database */
    SavepointMeasurement(BenchSettings settings, BufferAllocator allocator, Path directory) {
        this.settings = settings;
        this.allocator = allocator;
        this.directory = directory;
    }

    /** What is done some times before the savepoint. */
    private interface Writing {
        void write(int number);
    }

    /** Times of one size of transaction. */
    private record Times(Latencies writes, Latencies savepoint, Latencies rollbackTo) {
        Times() {
            this(new Latencies(), new Latencies(), new Latencies());
        }
    }

    Result run() throws Exception {
        List<List<String>> rows = new ArrayList<>();
        try (DuckDbEngine engine = Compiling.engine(directory.resolve("savepoints"), settings, allocator);
                SessionBank bank = new SessionBank(engine, allocator)) {
            for (String table : Bank.tables(ACCOUNTS)) {
                bank.update(table);
            }
            bank.update("CREATE TABLE batches (" + RepeatedBatch.COLUMNS + ")");
            Session session = bank.session();
            for (int writes : WRITES) {
                rows.add(row(writes + " UPDATE of a row", updates(session, writes)));
            }
            for (int batches : BATCHES) {
                rows.add(row(batches + " ingested batches", ingested(session, batches)));
            }
        }
        return new Result(
                "Savepoints",
                "In one transaction: statements, SAVEPOINT, one more, ROLLBACK TO, which does again what was before the"
                        + " savepoint. In process. Each UPDATE is prepared and changes one row of " + ACCOUNTS
                        + " by its primary key; each batch has " + RepeatedBatch.ROWS
                        + " rows of 5 columns and is bound to"
                        + " a prepared INSERT. Medians.",
                List.of("before the savepoint", "that", "SAVEPOINT", "ROLLBACK TO", "ratio to that"),
                rows,
                List.of());
    }

    private static List<String> row(String name, Times times) {
        double writes = times.writes().medianMillis();
        double back = times.rollbackTo().medianMillis();
        return List.of(
                name,
                Result.figure(writes, "ms"),
                Result.figure(times.savepoint().medianMillis(), "ms"),
                Result.figure(back, "ms"),
                Result.ratio(back / writes));
    }

    private Times updates(Session session, int writes) {
        PreparedStatement change = session.prepare(Bank.CHANGE);
        try (BigintRow row = new BigintRow(2, allocator)) {
            return times(session, writes, Math.min(MOST_RUNS, MOST_WRITES_IN_ALL / writes), number -> {
                long unused = session.update(change, row.of(1, number * 7L % ACCOUNTS), never);
            });
        } finally {
            session.closePreparedStatement(change.handle());
        }
    }

    private Times ingested(Session session, int batches) {
        PreparedStatement insert = session.prepare("INSERT INTO batches VALUES (?, ?, ?, ?, ?)");
        try (RepeatedBatch rows = new RepeatedBatch(allocator, RepeatedBatch.ROWS)) {
            return times(session, batches, Math.min(MOST_RUNS, MOST_BATCHES_IN_ALL / batches), number -> {
                try (ArrowReader reader = rows.reader()) {
                    long unused = session.update(insert, reader, never);
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
        } finally {
            session.closePreparedStatement(insert.handle());
        }
    }

    private static Times times(Session session, int size, int runs, Writing writing) {
        Times times = new Times();
        int warmUps = Math.max(1, runs / 4);
        for (int run = -warmUps; run < runs; run++) {
            Times into = run < 0 ? new Times() : times;
            // The prepared statement runs in the only transaction that its session has open.
            long unused = session.update("BEGIN", new Cancellation());
            long start = System.nanoTime();
            for (int i = 0; i < size; i++) {
                writing.write(i);
            }
            into.writes().add(System.nanoTime() - start);
            into.savepoint().add(timed(session, "SAVEPOINT s"));
            writing.write(size);
            into.rollbackTo().add(timed(session, "ROLLBACK TO SAVEPOINT s"));
            unused = session.update("ROLLBACK", new Cancellation());
        }
        return times;
    }

    private static long timed(Session session, String sql) {
        long start = System.nanoTime();
        long unused = session.update(sql, new Cancellation());
        return System.nanoTime() - start;
    }
}
