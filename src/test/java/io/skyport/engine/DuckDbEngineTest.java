package io.skyport.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbEngineTest {

    @TempDir
    private Path data;

    @Test
    void data_survives_a_restart() {
        try (RootAllocator allocator = new RootAllocator()) {
            try (Engine engine = new DuckDbEngine(data, EngineProperties.defaults(), allocator);
                    EngineConnection connection = engine.acquire()) {
                connection.update("CREATE TABLE \"default\".main.t (i INTEGER)", List.of());
                assertThat(connection.update("INSERT INTO \"default\".main.t VALUES ($1), ($2)", List.of(1, 2)))
                        .isEqualTo(2);
            }
            try (Engine engine = new DuckDbEngine(data, EngineProperties.defaults(), allocator);
                    EngineStream stream = engine.acquire().query("SELECT * FROM \"default\".main.t", List.of())) {
                assertThat(stream.loadNextBatch()).isTrue();
                assertThat(stream.root().getRowCount()).isEqualTo(2);
                assertThat(stream.loadNextBatch()).isFalse();
            }
        }
    }
}
