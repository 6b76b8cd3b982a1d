package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyport.Configured;
import io.skyport.catalog.Catalog;
import io.skyport.catalog.EngineCatalog;
import io.skyport.engine.AllowedDirectories;
import io.skyport.engine.DuckDbEngine;
import io.skyport.engine.EngineProperties;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.error.SqlPosition;
import io.skyport.sql.SqlCompiler;
import io.skyport.sql.SqlProperties;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.util.Text;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A session with a table {@code t (id, name)}, and what tests do with it. */
abstract class SessionTestBase {

    static final int MAX_PREPARED_STATEMENTS = 4;

    @TempDir
    Path directory;

    final Cancellation never = new Cancellation();
    final BufferAllocator allocator = new RootAllocator();
    /** What the listener was told. */
    final List<FinishedStatement> finished = new CopyOnWriteArrayList<>();
    /** What of it failed. */
    final List<ErrorCode> failures = new CopyOnWriteArrayList<>();

    DuckDbEngine engine;
    Commits commits;
    Sessions sessions;
    Session session;

    @BeforeEach
    void open() {
        engine = new DuckDbEngine(directory, EngineProperties.defaults(), allocator);
        Catalog catalog = new EngineCatalog(engine);
        SqlCompiler compiler =
                new SqlCompiler(catalog, engine, new AllowedDirectories(List.of()), SqlProperties.defaults());
        SessionListener listener = new SessionListener() {
            @Override
            public void statementFinished(FinishedStatement statement) {
                finished.add(statement);
                if (statement.failure() != null) {
                    failures.add(statement.failure());
                }
            }
        };
        SessionProperties properties = properties();
        commits = new Commits(catalog, 20, Duration.ofSeconds(30));
        StatementRunner runner = new StatementRunner(
                compiler, engine, commits, null, allocator, properties.returnedByteLimit(), listener);
        sessions = new Sessions(runner, properties, listener);
        session = sessions.session("alice", Set.of(), "token-1");
        run("CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR)");
    }

    @AfterEach
    void close() {
        sessions.close();
        assertThat(engine.activeConnections()).isZero();
        engine.close();
        assertThat(allocator.getAllocatedMemory()).isZero();
        allocator.close();
    }

    private SessionProperties properties() {
        Map<String, Object> values = new HashMap<>(configured());
        values.putIfAbsent("skyport.session.max-prepared-statements", MAX_PREPARED_STATEMENTS);
        return Configured.as("skyport.session", SessionProperties.class, values);
    }

    /** Properties that a test needs otherwise than by default. */
    Map<String, Object> configured() {
        return Map.of();
    }

    /** Another client's session. */
    Session other() {
        return sessions.session("bob", Set.of(), "token-2");
    }

    long run(String sql) {
        return session.update(sql, never);
    }

    List<List<Object>> rows(String sql) {
        return rows(session.execute(sql, never));
    }

    static List<List<Object>> rows(Execution execution) {
        List<List<Object>> rows = new ArrayList<>();
        try (ResultStream stream = execution.open()) {
            while (stream.next()) {
                for (int row = 0; row < stream.root().getRowCount(); row++) {
                    List<Object> values = new ArrayList<>();
                    for (FieldVector vector : stream.root().getFieldVectors()) {
                        Object value = vector.getObject(row);
                        values.add(value instanceof Text ? value.toString() : value);
                    }
                    rows.add(values);
                }
            }
        }
        return rows;
    }

    /** Compiling or running {@code sql} fails with that code at that place. */
    void fails(String sql, ErrorCode code, int line, int column) {
        assertThatFails(() -> run(sql), code)
                .satisfies(failure ->
                        assertThat(((SkyportException) failure).position()).contains(new SqlPosition(line, column)));
    }

    void fails(String sql, ErrorCode code) {
        assertFails(() -> run(sql), code);
    }

    static void assertFails(ThrowingCallable call, ErrorCode code) {
        assertThatFails(call, code);
    }

    private static AbstractThrowableAssert<?, ?> assertThatFails(ThrowingCallable call, ErrorCode code) {
        return assertThatThrownBy(call)
                .isInstanceOf(SkyportException.class)
                .satisfies(failure ->
                        assertThat(((SkyportException) failure).code()).isEqualTo(code));
    }
}
