package io.skyport.session;

import io.skyport.engine.Connections;
import io.skyport.engine.Engine;
import io.skyport.engine.EngineConnection;
import io.skyport.engine.Spool;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.CompiledStatement;
import io.skyport.sql.StatementKind;
import io.skyport.sql.WrittenRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction wrote, in order: done again, it gives the same data. A statement is kept with its parameters; what it
 * would do otherwise the next time is kept by its effect. Used by one thread at a time.
 */
final class WriteLog implements AutoCloseable {

    private static final int STATEMENT_BYTES = 200;

    private static final Pattern INSERTS = Pattern.compile("\\bINSERT\\b|\\bDEFAULT\\b");

    private final Engine engine;
    private final BufferAllocator allocator;
    private final long limit;
    private final List<Entry> entries = new ArrayList<>();
    private long bytes;
    private boolean tooLarge;

    /**
     * @param statement what was run
     * @param again does it again
     * @param kept its rows, or null
     */
    record Entry(
            CompiledStatement statement,
            Consumer<EngineConnection> again,
            @Nullable Spool kept,
            long bytes) {
        void close() {
            if (kept != null) {
                kept.close();
            }
        }
    }

    /** @param limit bytes of statements and parameters in memory; rows are put aside on disk */
    WriteLog(Engine engine, BufferAllocator allocator, long limit) {
        this.engine = engine;
        this.allocator = allocator;
        this.limit = limit;
    }

    /** Nothing will be asked to be done again. */
    void keepNothing() {
        tooLarge = true;
    }

    int size() {
        return entries.size();
    }

    List<Entry> entries() {
        return entries;
    }

    /** @throws SkyportException 54000 if it has become too large to be kept, so that nothing can be done again */
    void requireKept() {
        if (tooLarge) {
            throw new SkyportException(
                    ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                    "the transaction's statements take more than " + limit
                            + " bytes, and cannot be done again (skyport.session.max-transaction-log): it has no savepoints");
        }
    }

    /** Whether a statement inserts into one table and does nothing besides. */
    static boolean onlyInserts(CompiledStatement statement) {
        return statement.kind() == StatementKind.DML
                && statement.writes().size() == 1
                && statement.companions().isEmpty()
                && statement.engineSql().startsWith("INSERT");
    }

    /**
     * What of a statement must be recorded while it runs; null for nothing.
     *
     * @param inserted the table if it {@link #onlyInserts}, else null
     */
    @Nullable
    Recording recording(CompiledStatement statement, Work work, @Nullable WrittenRows inserted) {
        if (tooLarge || statement.writes().isEmpty() && statement.kind() == StatementKind.DML) {
            return null;
        }
        if (inserted != null && (differs(statement) || inserted.hasComputedDefault())) {
            return new Recording(engine, inserted);
        }
        return work.repeatable() ? null : new Recording(engine, null);
    }

    /**
     * Adds what was run.
     *
     * @param written the tables that it wrote, as they are behind it; asked for only where a statement would do something
     *     else the next time
     */
    void add(
            CompiledStatement statement,
            Work work,
            @Nullable Recording recording,
            @Nullable WrittenRows inserted,
            Supplier<List<WrittenRows>> written,
            Connections connections) {
        if (tooLarge || statement.writes().isEmpty() && statement.kind() == StatementKind.DML) {
            return;
        }
        boolean differs = differs(statement) || hasComputedDefault(statement, written);
        if (recording != null && recording.ofInserted()) {
            addRecorded(statement, recording, inserted);
        } else {
            if (recording != null) {
                addRecorded(statement, recording, null);
            } else {
                add(new Entry(statement, again(work), null, size(statement) + work.bytes()));
            }
            if (differs) {
                addImages(statement, written.get(), connections);
            }
        }
    }

    /** Whether it may do something else the next time. */
    private static boolean differs(CompiledStatement statement) {
        return statement.isVolatile() || statement.asked().runningTime();
    }

    /** It may fill in a default, which only INSERT and MERGE can. */
    private static boolean hasComputedDefault(CompiledStatement statement, Supplier<List<WrittenRows>> written) {
        return INSERTS.matcher(statement.engineSql()).find()
                && statement.kind() == StatementKind.DML
                && written.get().stream().anyMatch(WrittenRows::hasComputedDefault);
    }

    private static Consumer<EngineConnection> again(Work work) {
        Consumer<EngineConnection> again = work.again();
        if (again == null) {
            throw new IllegalStateException("A stream is read once");
        }
        return again;
    }

    private void addRecorded(CompiledStatement statement, Recording recording, @Nullable WrittenRows inserted) {
        Spool rows = recording.finish();
        boolean whole = recording.ofWhole();
        if (rows == null) {
            return;
        }
        Consumer<EngineConnection> again = inserted == null
                ? connection -> runAgain(connection, statement, rows, whole)
                : connection -> ingest(connection, inserted.insert(statement), rows);
        add(new Entry(statement, again, rows, size(statement)));
    }

    private void runAgain(EngineConnection connection, CompiledStatement statement, Spool rows, boolean whole) {
        try (ArrowReader reader = rows.read(allocator);
                ParameterStream stream = ParameterStream.over(reader, statement.parameters(), allocator)) {
            new EngineUpdate(connection, statement).run(whole ? stream.whole() : stream);
        } catch (IOException e) {
            throw ParameterRows.unreadable(e);
        }
    }

    private void ingest(EngineConnection connection, String sql, Spool rows) {
        try (ArrowReader reader = rows.read(allocator)) {
            connection.ingest(sql, WrittenRows.STREAM_NAME, reader);
        } catch (IOException e) {
            throw ParameterRows.unreadable(e);
        }
    }

    /** All rows of the tables: what a statement did that is no INSERT, and that would do something else. */
    private void addImages(CompiledStatement statement, List<WrittenRows> tables, Connections connections) {
        try (EngineConnection connection = connections.acquire()) {
            tables.forEach(table -> addImage(statement, table, image(table, connection)));
        }
    }

    private void addImage(CompiledStatement statement, WrittenRows table, @Nullable Spool rows) {
        Consumer<EngineConnection> again = later -> {
            later.update(table.clear(), List.of());
            if (rows != null) {
                ingest(later, table.insert(), rows);
            }
        };
        add(new Entry(statement, again, rows, size(statement)));
    }

    private @Nullable Spool image(WrittenRows table, EngineConnection connection) {
        try (Recording recording = new Recording(engine, null)) {
            connection.update(table.all(), List.of(), recording::keep);
            return recording.finish();
        }
    }

    private static long size(CompiledStatement statement) {
        return STATEMENT_BYTES + statement.engineSql().length();
    }

    private void add(Entry entry) {
        entries.add(entry);
        bytes += entry.bytes();
        if (bytes > limit) {
            tooLarge = true;
            truncate(0);
        }
    }

    /** Does again what was done first; what came later is forgotten. */
    void replay(int first, EngineConnection connection) {
        truncate(first);
        entries.forEach(entry -> entry.again().accept(connection));
    }

    private void truncate(int size) {
        List<Entry> later = entries.subList(size, entries.size());
        for (Entry entry : later) {
            entry.close();
            bytes -= entry.bytes();
        }
        later.clear();
    }

    @Override
    public void close() {
        truncate(0);
    }
}
