package io.skyport.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.unit.DataSize;

class EngineConfigurationTest {

    @TempDir
    private Path directory;

    private ApplicationContextRunner runner() {
        return new ApplicationContextRunner()
                .withUserConfiguration(EngineConfiguration.class)
                .withPropertyValues("skyport.data-dir=" + directory.resolve("data"));
    }

    @Test
    void without_configuration_the_documented_defaults_apply() {
        runner().run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(EngineProperties.class)).isEqualTo(EngineProperties.defaults());
            assertThat(context.getBean(Engine.class).available()).isTrue();
        });
    }

    @Test
    void every_property_is_bound_and_obeyed() {
        runner().withPropertyValues(
                        "skyport.engine.threads=1",
                        "skyport.engine.memory-limit=256MB",
                        "skyport.engine.temp-directory=" + directory.resolve("spill"),
                        "skyport.engine.max-temp-size=1GB",
                        "skyport.engine.allowed-directories=" + directory.resolve("a") + "," + directory.resolve("b"),
                        "skyport.engine.max-connections=3",
                        "skyport.engine.acquire-timeout=5s",
                        "skyport.engine.prepared-statements=7",
                        "skyport.engine.batch-rows=2048",
                        "skyport.engine.arrow-memory-limit=64MB",
                        "skyport.engine.min-free-space=1GB",
                        "skyport.engine.drop-timeout=7s")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(EngineProperties.class))
                            .isEqualTo(new EngineProperties(
                                    1,
                                    DataSize.ofMegabytes(256),
                                    directory.resolve("spill"),
                                    DataSize.ofGigabytes(1),
                                    List.of(directory.resolve("a"), directory.resolve("b")),
                                    3,
                                    Duration.ofSeconds(5),
                                    7,
                                    2048,
                                    DataSize.ofMegabytes(64),
                                    64,
                                    DataSize.ofGigabytes(10),
                                    DataSize.ofGigabytes(1),
                                    Duration.ofSeconds(7)));
                    Engine engine = context.getBean(Engine.class);
                    assertThat(setting(engine, "threads")).isEqualTo("1");
                    assertThat(setting(engine, "memory_limit")).isEqualTo("256.0 MiB");
                    assertThat(setting(engine, "temp_directory"))
                            .isEqualTo(directory.toRealPath().resolve("spill").toString());
                    assertThat(setting(engine, "max_temp_directory_size")).isEqualTo("1.0 GiB");
                    assertThat(setting(engine, "allowed_directories"))
                            .contains(
                                    directory.toRealPath().resolve("a") + "/",
                                    directory.toRealPath().resolve("b") + "/");
                    assertThat(directory.resolve("b")).isDirectory();
                    assertThat(context.getBean(EngineGauges.class).maxConnections())
                            .isEqualTo(3);
                    assertThat(context.getBean(BufferAllocator.class).getLimit())
                            .isEqualTo(DataSize.ofMegabytes(64).toBytes());
                    assertThat(largestBatch(engine)).isEqualTo(2048);
                });
    }

    private static String setting(Engine engine, String name) {
        return String.valueOf(EngineTestBase.rows(engine.acquire()
                        .query("SELECT CAST(value AS VARCHAR) FROM duckdb_settings() WHERE name = $1", List.of(name)))
                .get(0)
                .get(0));
    }

    private static int largestBatch(Engine engine) {
        int largest = 0;
        try (EngineStream stream = engine.acquire().query("SELECT * FROM range(10000)", List.of())) {
            while (stream.loadNextBatch()) {
                largest = Math.max(largest, stream.root().getRowCount());
            }
        }
        return largest;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "threads=-1",
                "max-connections=0",
                "prepared-statements=-1",
                "batch-rows=0",
                "memory-limit=lots",
                "acquire-timeout=soon"
            })
    void a_value_that_makes_no_sense_stops_the_start(String property) {
        runner().withPropertyValues("skyport.engine." + property)
                .run(context -> assertThat(context).hasFailed());
    }

    @Test
    void the_memory_limit_is_a_share_of_what_is_beyond_the_heap() {
        long gigabyte = DataSize.ofGigabytes(1).toBytes();
        assertThat(MemoryLimit.of(10 * gigabyte, 5 * gigabyte)).isEqualTo(3 * gigabyte);
        assertThat(MemoryLimit.of(2 * gigabyte, 2 * gigabyte))
                .isEqualTo(DataSize.ofMegabytes(128).toBytes());
        assertThat(MemoryLimit.of(300L << 20))
                .isEqualTo(DataSize.ofMegabytes(300).toBytes());
        assertThat(MemoryLimit.of(0)).isPositive();
    }
}
