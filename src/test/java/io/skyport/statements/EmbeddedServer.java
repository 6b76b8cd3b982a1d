package io.skyport.statements;

import io.skyport.catalog.SqlType;
import io.skyport.engine.DuckDbEngine;
import io.skyport.engine.EngineProperties;
import io.skyport.error.SkyportException;
import io.skyport.session.Cancellation;
import io.skyport.session.EmbeddedSessions;
import io.skyport.session.Execution;
import io.skyport.session.ResultStream;
import io.skyport.session.Session;
import io.skyport.session.Sessions;
import io.skyport.sql.CompiledStatement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;

/** Skyport from its sessions down: everything but the wire. */
final class EmbeddedServer implements AutoCloseable {

    private final BufferAllocator allocator = new RootAllocator();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "slt-watch");
        thread.setDaemon(true);
        return thread;
    });
    private final DuckDbEngine engine;
    private final Sessions sessions;
    private final Map<String, Integer> connected = new HashMap<>();
    private final PlainEngine printer;
    private final Duration timeout;

    /** @param printer prints the answers' values */
    EmbeddedServer(Path data, List<Path> directories, PlainEngine printer, Duration timeout) {
        this.engine = new DuckDbEngine(
                data, EngineProperties.defaults().allowing(directories.toArray(Path[]::new)), allocator);
        this.sessions = EmbeddedSessions.over(engine, directories, allocator);
        this.printer = printer;
        this.timeout = timeout;
    }

    private Session session(String connection) {
        return sessions.session("slt", Set.of("admin"), connection + connected.computeIfAbsent(connection, key -> 0));
    }

    /** Lets the next statement on {@code connection} begin a new session. */
    void disconnect(String connection) {
        session(connection).close();
        connected.merge(connection, 1, Integer::sum);
    }

    /** How the statement was compiled, or null if it was not. */
    @Nullable
    CompiledStatement compiled(String connection, String sql) {
        try {
            return session(connection).describe(sql);
        } catch (RuntimeException e) {
            // Running it says why.
            return null;
        }
    }

    /** Runs one statement; a failure that is not Skyport's own is not caught. */
    Answer run(String connection, String sql) {
        Cancellation cancellation = new Cancellation();
        Future<?> alarm = watch.schedule(cancellation::cancel, timeout.toMillis(), TimeUnit.MILLISECONDS);
        try {
            Execution execution = session(connection).execute(sql, cancellation);
            if (execution.columns().isEmpty()) {
                return new Answer.Count(Math.max(0, execution.updateCount()));
            }
            return rows(execution);
        } catch (SkyportException e) {
            return new Answer.Failure(
                    e.code().sqlState(), e.getMessage(), e.position().orElse(null));
        } finally {
            alarm.cancel(false);
        }
    }

    private Answer rows(Execution execution) {
        List<Answer.Column> columns = new ArrayList<>();
        execution.columns().forEach(column -> columns.add(column(column.name(), column.type())));
        try (ResultStream stream = execution.open()) {
            Future<?> alarm = watch.schedule(stream::interrupt, timeout.toMillis(), TimeUnit.MILLISECONDS);
            try (ArrowAnswer answer = ArrowAnswer.drain(stream, allocator)) {
                return new Answer.Rows(columns, answer == null ? List.of() : texts(answer));
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            } finally {
                alarm.cancel(false);
            }
        }
    }

    private List<List<@Nullable String>> texts(ArrowAnswer answer) throws java.io.IOException {
        List<List<@Nullable String>> simple = answer.simpleTexts();
        return simple != null ? simple : printer.print(answer, answer.columns(), allocator);
    }

    private static Answer.Column column(String name, SqlType type) {
        return new Answer.Column(name, type.name());
    }

    /** @throws IllegalStateException if anything was left open */
    @Override
    public void close() {
        watch.shutdownNow();
        sessions.close();
        int active = engine.activeConnections();
        engine.close();
        long left = allocator.getAllocatedMemory();
        allocator.close();
        if (active != 0 || left != 0) {
            throw new IllegalStateException(active + " engine connections and " + left + " bytes were left open");
        }
    }
}
