package io.skyport.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DatabasesTest extends EngineTestBase {

    private static final int MOST = 4;

    /** DuckDB 2.0 misses the schema first. */
    private static final Set<ErrorCode> GONE = Set.of(ErrorCode.INVALID_CATALOG_NAME, ErrorCode.INVALID_SCHEMA_NAME);

    @Override
    EngineProperties properties() {
        return configured(Map.of("skyport.engine.max-databases", MOST, "skyport.engine.drop-timeout", "50ms"));
    }

    private Path created(String file) {
        return data().resolve("created").resolve(file);
    }

    private List<String> names() {
        return query(
                        "SELECT database_name FROM duckdb_databases() WHERE NOT internal AND database_name NOT IN ('memory', '_system')"
                                + " ORDER BY ALL")
                .stream()
                .map(row -> String.valueOf(row.get(0)))
                .toList();
    }

    private void restart() {
        engine.close();
        engine = open(properties());
    }

    @Test
    void a_created_database_keeps_data_writes_checkpoints_and_survives_restarts() {
        engine.createDatabase("sales");
        update("CREATE TABLE \"sales\".main.t AS SELECT i, hash(i) AS h FROM range(200000) r(i)");
        update("CHECKPOINT \"sales\"");
        update("INSERT INTO \"sales\".main.t VALUES (-1, 0)");

        restart();

        assertThat(names()).containsExactly("default", "sales");
        assertThat(value("SELECT count(*) FROM \"sales\".main.t")).isEqualTo(200_001L);
        assertThat(data().resolve("sales.duckdb")).exists();
        assertThat(data().resolve("created")).isEmptyDirectory();

        update("DELETE FROM \"sales\".main.t WHERE i > 10");
        update("CHECKPOINT \"sales\"");
        restart();
        assertThat(value("SELECT count(*) FROM \"sales\".main.t")).isEqualTo(12L);
    }

    @Test
    void a_dropped_database_leaves_no_files_and_its_name_is_free_at_once() throws IOException {
        engine.createDatabase("a");
        update("CREATE TABLE \"a\".main.t (i INTEGER)");
        assertThat(codeOf(() -> engine.createDatabase("A"))).isEqualTo(ErrorCode.DUPLICATE_DATABASE);

        engine.dropDatabase("a");

        assertThat(names()).containsExactly("default");
        assertThat(data().resolve("created")).isEmptyDirectory();
        engine.createDatabase("a");
        assertThat(codeOf(() -> query("SELECT * FROM \"a\".main.t"))).isEqualTo(ErrorCode.UNDEFINED_TABLE);

        restart();
        engine.dropDatabase("A");
        restart();
        assertThat(names()).containsExactly("default");
        try (Stream<Path> files = Files.list(data())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("default.duckdb", "_system.duckdb", "created", "external", "tmp");
        }
        assertThat(codeOf(() -> engine.dropDatabase("a"))).isEqualTo(ErrorCode.INVALID_CATALOG_NAME);
    }

    @Test
    void the_first_database_cannot_be_dropped() {
        assertThat(codeOf(() -> engine.dropDatabase("default"))).isEqualTo(ErrorCode.DEPENDENT_OBJECTS_STILL_EXIST);
        assertThat(codeOf(() -> engine.dropDatabase("DEFAULT"))).isEqualTo(ErrorCode.DEPENDENT_OBJECTS_STILL_EXIST);
        assertThat(names()).containsExactly("default");
    }

    @Test
    void there_are_at_most_so_many_databases() {
        for (int i = 1; i < MOST; i++) {
            engine.createDatabase("d" + i);
        }
        assertThat(failure(() -> engine.createDatabase("more")).text()).contains("skyport.engine.max-databases");
        assertThat(codeOf(() -> engine.createDatabase("more"))).isEqualTo(ErrorCode.CONFIGURATION_LIMIT_EXCEEDED);

        engine.dropDatabase("d1");
        engine.createDatabase("more");
        assertThat(names()).containsExactly("d2", "d3", "default", "more");
        restart();
        assertThat(names()).containsExactly("d2", "d3", "default", "more");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "a.b",
                "../a",
                "a/b",
                "a\\b",
                "a b",
                "1a",
                "_a",
                "-a",
                "a\"b",
                "a'b",
                "a\u0000b",
                "é",
                "system",
                "Temp",
                "memory",
                "main",
                "pg_catalog",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void a_name_that_is_no_name_of_a_file_or_belongs_to_the_engine_is_refused(String name) {
        assertThat(codeOf(() -> engine.createDatabase(name))).isEqualTo(ErrorCode.INVALID_PARAMETER_VALUE);
        assertThat(names()).containsExactly("default");
    }

    @Test
    void a_database_is_not_dropped_while_a_result_is_read_from_it() {
        engine.createDatabase("busy");
        update("CREATE TABLE \"busy\".main.t AS SELECT i FROM range(1000000) r(i)");
        EngineStream stream = engine.acquire().query("SELECT i FROM \"busy\".\"main\".\"t\"", List.of());
        assertThat(stream.loadNextBatch()).isTrue();

        assertThat(codeOf(() -> engine.dropDatabase("busy"))).isEqualTo(ErrorCode.OBJECT_IN_USE);

        stream.close();
        engine.dropDatabase("busy");
        assertThat(names()).containsExactly("default");
    }

    @Test
    void a_database_is_not_dropped_while_a_transaction_has_used_it() {
        engine.createDatabase("busy");
        update("CREATE TABLE \"busy\".main.t (i INTEGER)");
        try (EngineConnection connection = engine.acquire()) {
            connection.begin();
            connection.update("INSERT INTO \"busy\".\"main\".\"t\" VALUES (1)", List.of());
            connection.describe("SELECT 1");

            assertThat(codeOf(() -> engine.dropDatabase("busy"))).isEqualTo(ErrorCode.OBJECT_IN_USE);

            connection.commit();
            engine.dropDatabase("busy");
        }
        assertThat(names()).containsExactly("default");
    }

    @Test
    void a_database_that_statements_use_all_the_time_is_dropped_between_them() throws Exception {
        engine.close();
        engine = open(patient());
        engine.createDatabase("busy");
        update("CREATE TABLE \"busy\".main.t AS SELECT i FROM range(100000) r(i)");
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        Set<ErrorCode> seen = ConcurrentHashMap.newKeySet();
        CountDownLatch running = new CountDownLatch(3);
        try {
            List<Future<?>> load = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                load.add(threads.submit(() -> {
                    while (!over.get()) {
                        try {
                            update("SELECT sum(i) FROM \"busy\".\"main\".\"t\"");
                            running.countDown();
                        } catch (SkyportException e) {
                            seen.add(e.code());
                        }
                    }
                }));
            }
            assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();

            engine.dropDatabase("busy");

            over.set(true);
            for (Future<?> one : load) {
                one.get(30, TimeUnit.SECONDS);
            }
        } finally {
            over.set(true);
            threads.shutdown();
        }
        assertThat(seen).isSubsetOf(GONE);
        assertThat(names()).containsExactly("default");
    }

    @Test
    void a_drop_waits_for_a_transaction_that_goes_on_and_new_statements_wait_for_the_drop() throws Exception {
        engine.close();
        engine = open(patient());
        engine.createDatabase("busy");
        update("CREATE TABLE \"busy\".main.t (i INTEGER)");
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (EngineConnection connection = engine.acquire()) {
            connection.begin();
            connection.update("INSERT INTO \"busy\".\"main\".\"t\" VALUES (1)", List.of());
            Future<?> drop = threads.submit(() -> engine.dropDatabase("busy"));
            while (engine.closing().free("busy"::equals)) {
                Thread.onSpinWait();
            }
            Future<ErrorCode> late = threads.submit(() -> codeOf(() -> query("SELECT * FROM \"busy\".\"main\".\"t\"")));

            connection.update("INSERT INTO \"busy\".\"main\".\"t\" VALUES (2)", List.of());
            assertThat(drop.isDone()).isFalse();
            assertThat(late.isDone()).isFalse();
            connection.commit();

            drop.get(30, TimeUnit.SECONDS);
            assertThat(late.get(30, TimeUnit.SECONDS)).isIn(GONE);
        } finally {
            threads.shutdown();
        }
        assertThat(names()).containsExactly("default");
    }

    private EngineProperties patient() {
        return configured(Map.of("skyport.engine.drop-timeout", "20s"));
    }

    @Test
    void what_a_connection_has_prepared_does_not_outlive_a_database() {
        engine.createDatabase("a");
        update("CREATE TABLE \"a\".main.t AS SELECT 1 AS i");
        String select = "SELECT i FROM \"a\".\"main\".\"t\"";
        assertThat(value(select)).isEqualTo(1);
        assertThat(value(select)).isEqualTo(1);

        engine.dropDatabase("a");
        assertThat(codeOf(() -> query(select))).isIn(GONE);
        engine.createDatabase("a");
        update("CREATE TABLE \"a\".main.t AS SELECT 'two' AS i");
        assertThat(value(select)).isEqualTo("two");
    }

    @Test
    void a_view_over_a_dropped_database_fails_and_nothing_else_does() {
        engine.createDatabase("a");
        update("CREATE TABLE \"a\".main.t AS SELECT 1 AS i");
        update("CREATE VIEW \"default\".main.v AS SELECT * FROM \"a\".main.t");
        engine.dropDatabase("a");

        assertThat(codeOf(() -> query("SELECT * FROM \"default\".main.v"))).isIn(GONE);
        restart();
        assertThat(value("SELECT 1")).isEqualTo(1);
    }

    @Test
    void of_many_that_create_one_database_one_does() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> created = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                created.add(threads.submit(() -> {
                    try {
                        engine.createDatabase("a");
                        return true;
                    } catch (SkyportException taken) {
                        assertThat(taken.code()).isEqualTo(ErrorCode.DUPLICATE_DATABASE);
                        return false;
                    }
                }));
            }
            int successes = 0;
            for (Future<Boolean> one : created) {
                successes += one.get() ? 1 : 0;
            }
            assertThat(successes).isEqualTo(1);
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void statements_that_race_with_drops_fail_or_finish_and_harm_nothing() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        Set<ErrorCode> seen = ConcurrentHashMap.newKeySet();
        try {
            List<Future<?>> racing = new ArrayList<>();
            // Through views: what names the database itself would hold every drop up.
            for (String sql : List.of(
                    "SELECT count(*) FROM \"default\".\"main\".\"v\"",
                    "SELECT i FROM \"default\".\"main\".\"v\" LIMIT 1")) {
                racing.add(threads.submit(() -> {
                    while (!over.get()) {
                        try {
                            update(sql);
                        } catch (SkyportException e) {
                            seen.add(e.code());
                        }
                    }
                }));
            }
            engine.createDatabase("a");
            update("CREATE TABLE \"a\".main.t (i INTEGER)");
            update("CREATE VIEW \"default\".main.v AS SELECT * FROM \"a\".main.t");
            for (int i = 0; i < 20; i++) {
                engine.dropDatabase("a");
                engine.createDatabase("a");
                update("CREATE TABLE \"a\".main.t (i INTEGER)");
            }
            over.set(true);
            for (Future<?> one : racing) {
                one.get(30, TimeUnit.SECONDS);
            }
        } finally {
            over.set(true);
            threads.shutdown();
        }
        assertThat(seen)
                .isSubsetOf(
                        ErrorCode.INVALID_CATALOG_NAME,
                        ErrorCode.INVALID_SCHEMA_NAME,
                        ErrorCode.UNDEFINED_TABLE,
                        ErrorCode.SERIALIZATION_FAILURE);
        restart();
        assertThat(names()).containsExactly("a", "default");
        assertThat(value("SELECT count(*) FROM \"a\".main.t")).isNotNull();
    }

    /** What is on disk at one moment is all that a crash leaves. */
    private void crash() throws IOException {
        Path copy = directory.resolve("copy");
        copyTree(data(), copy);
        engine.close();
        deleteTree(data());
        Files.move(copy, data());
        engine = open(properties());
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void deleteTree(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void a_crash_loses_nothing_that_was_committed_to_a_created_database() throws IOException {
        engine.createDatabase("a");
        update("CREATE TABLE \"a\".main.t AS SELECT 1 AS i");
        assertThat(created("1.duckdb.wal")).exists();

        crash();

        assertThat(value("SELECT i FROM \"a\".main.t")).isEqualTo(1);
        assertThat(data().resolve("a.duckdb")).exists();
    }

    @Test
    void a_start_that_was_interrupted_while_it_moved_files_is_completed_by_the_next() throws IOException {
        engine.createDatabase("a");
        update("CREATE TABLE \"a\".main.t AS SELECT 1 AS i");
        Path copy = directory.resolve("copy");
        copyTree(data(), copy);
        engine.close();
        deleteTree(data());
        Files.move(copy, data());
        Files.move(created("1.duckdb"), data().resolve("a.duckdb"));

        engine = open(properties());

        assertThat(value("SELECT i FROM \"a\".main.t")).isEqualTo(1);
        assertThat(data().resolve("created")).isEmptyDirectory();
    }

    @Test
    void what_an_interrupted_creation_or_drop_leaves_is_removed() throws IOException {
        engine.close();
        Files.writeString(created("2.duckdb"), "no database");
        Files.writeString(created("2.duckdb.wal"), "no log");
        Files.writeString(created("3.name"), "gone");
        Files.writeString(data().resolve("a.duckdb.wal"), "of a database that was dropped");

        engine = open(properties());

        assertThat(names()).containsExactly("default");
        assertThat(data().resolve("created")).isEmptyDirectory();
        engine.createDatabase("a");
        update("CREATE TABLE \"a\".main.t AS SELECT 1 AS i");
        restart();
        assertThat(value("SELECT i FROM \"a\".main.t")).isEqualTo(1);
    }

    @Test
    void two_files_for_one_database_stop_the_start() throws IOException {
        engine.createDatabase("a");
        engine.close();
        Files.writeString(data().resolve("a.duckdb"), "");

        assertThat(failure(() -> open(properties())).text()).contains("two files claim to be the same database");

        Files.delete(data().resolve("a.duckdb"));
        engine = open(properties());
        assertThat(names()).containsExactly("a", "default");
    }

    @Test
    void the_sandbox_knows_no_other_files_than_those_that_databases_begin_in() {
        assertThat(codeOf(() -> update("ATTACH '" + created((MOST + 1) + ".duckdb") + "' AS evil")))
                .isEqualTo(ErrorCode.INSUFFICIENT_PRIVILEGE);
        assertThat(codeOf(() -> update("COPY (SELECT 1) TO '" + created("x.csv") + "'")))
                .isEqualTo(ErrorCode.INSUFFICIENT_PRIVILEGE);
        assertThat(codeOf(() -> query("SELECT * FROM glob('" + created("*") + "')")))
                .isEqualTo(ErrorCode.INSUFFICIENT_PRIVILEGE);
    }
}
