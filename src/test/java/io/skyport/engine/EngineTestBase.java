package io.skyport.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.skyport.Configured;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An engine on an empty data directory; after each test its connections are back and no Arrow memory is left. */
abstract class EngineTestBase {

    static final DictionaryProvider NO_DICTIONARIES = new DictionaryProvider.MapDictionaryProvider();

    @TempDir
    Path directory;

    final BufferAllocator allocator = new RootAllocator();
    DuckDbEngine engine;

    @BeforeEach
    void openEngine() {
        engine = open(properties());
    }

    @AfterEach
    void closeEngine() {
        assertThat(engine.activeConnections()).isZero();
        assertThat(engine.openStreams()).isZero();
        engine.close();
        assertThat(allocator.getAllocatedMemory()).isZero();
        allocator.close();
    }

    EngineProperties properties() {
        return configured(Map.of());
    }

    EngineProperties properties(int maxConnections, Duration acquireTimeout, int preparedStatements) {
        return configured(Map.of(
                "skyport.engine.max-connections", maxConnections,
                "skyport.engine.acquire-timeout", acquireTimeout,
                "skyport.engine.prepared-statements", preparedStatements));
    }

    /** What the tests have, but for some values by their whole names. */
    EngineProperties configured(Map<String, ?> others) {
        Map<String, Object> values = new HashMap<>(Map.of(
                "skyport.engine.threads", 2,
                "skyport.engine.memory-limit", "512MB",
                "skyport.engine.allowed-directories", List.of(allowed()),
                "skyport.engine.max-connections", 4,
                "skyport.engine.prepared-statements", 4,
                "skyport.engine.batch-rows", 2048));
        values.putAll(others);
        return Configured.as("skyport.engine", EngineProperties.class, values);
    }

    DuckDbEngine open(EngineProperties properties) {
        return new DuckDbEngine(data(), properties, allocator);
    }

    Path data() {
        return directory.resolve("data");
    }

    Path allowed() {
        return directory.resolve("allowed");
    }

    long update(String sql, @Nullable Object... parameters) {
        try (EngineConnection connection = engine.acquire()) {
            return connection.update(sql, java.util.Arrays.asList(parameters));
        }
    }

    List<List<@Nullable Object>> query(String sql, @Nullable Object... parameters) {
        return rows(engine.acquire().query(sql, java.util.Arrays.asList(parameters)));
    }

    static List<List<@Nullable Object>> rows(EngineStream opened) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try (EngineStream stream = opened) {
            while (stream.loadNextBatch()) {
                for (int row = 0; row < stream.root().getRowCount(); row++) {
                    List<@Nullable Object> values = new ArrayList<>();
                    for (FieldVector vector : stream.root().getFieldVectors()) {
                        values.add(ArrowValues.value(vector, row, NO_DICTIONARIES));
                    }
                    rows.add(values);
                }
            }
        }
        return rows;
    }

    /** The only value of a query's only row. */
    @Nullable
    Object value(String sql, @Nullable Object... parameters) {
        List<List<@Nullable Object>> rows = query(sql, parameters);
        assertThat(rows).hasSize(1);
        return rows.get(0).get(0);
    }

    /** Whether the tests run on DuckDB 2.0, which they also do now and then, with {@code -Dduckdb.version}. */
    boolean isVersion2() {
        return engine.version().startsWith("v2");
    }

    static SkyportException failure(Runnable statement) {
        SkyportException failure = catchThrowableOfType(SkyportException.class, statement::run);
        assertThat(failure).as("a failure").isNotNull();
        return failure;
    }

    static ErrorCode codeOf(Runnable statement) {
        return failure(statement).code();
    }
}
