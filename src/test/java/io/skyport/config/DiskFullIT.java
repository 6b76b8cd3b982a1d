package io.skyport.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.skyport.ServerOnDisk;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server on a file system that gets full. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DiskFullIT {

    private static final String DISK_FULL = "53100";
    private static final int MOST_BATCHES = 300;
    /** About 1.5 MB each, which no compression makes smaller. */
    private static final String BATCH = "INSERT INTO kept SELECT %d, CAST(random() * 1e15 AS BIGINT),"
            + " md5(CAST(random() AS VARCHAR)) || md5(CAST(random() AS VARCHAR)) FROM range(20000)";

    @TempDir
    Path directory;

    @Test
    void writes_are_refused_before_the_disk_is_full_reads_go_on_and_nothing_is_lost() throws Exception {
        try (ServerOnDisk server = ServerOnDisk.start(directory, 96, settings("16MB"))) {
            int acknowledged = fill(server);
            assertThat(acknowledged).isGreaterThan(10);
            assertThat(batches(server)).isEqualTo(acknowledged);
            for (int i = 0; i < 3; i++) {
                assertRefused(server, "INSERT INTO kept VALUES (-1, 0, 'one row')");
                assertRefused(server, "CREATE TABLE another AS SELECT * FROM kept");
            }
            assertThatThrownBy(() -> update(server, "UPDATE kept SET s = 'longer'"))
                    .hasMessageContaining("skyport.engine.min-free-space");
            assertThat(batches(server)).isEqualTo(acknowledged);

            update(server, "DELETE FROM kept WHERE batch < " + acknowledged / 2);
            update(server, "CHECKPOINT");
            update(server, "INSERT INTO kept VALUES (-1, 0, 'there is room again')");

            server.killAndAwaitNext();
            assertThat(batches(server)).isEqualTo(acknowledged - acknowledged / 2 + 1);
        }
    }

    @Test
    void also_when_the_engine_finds_it_full_itself_what_was_acknowledged_is_there_and_can_be_read() throws Exception {
        try (ServerOnDisk server = ServerOnDisk.start(directory, 48, settings("0"))) {
            int acknowledged = fill(server);
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(batches(server)).isEqualTo(acknowledged));
            server.killAndAwaitNext();
            assertThat(batches(server)).isEqualTo(acknowledged);
        }
    }

    private static String[] settings(String left) {
        return new String[] {
            "skyport.engine.min-free-space=" + left, "skyport.engine.memory-limit=256MB", "skyport.flydb.enabled=false"
        };
    }

    /** Writes until there is no room; returns how many batches were acknowledged. */
    private static int fill(ServerOnDisk server) throws Exception {
        update(server, "CREATE TABLE kept (batch INTEGER, i BIGINT, s VARCHAR)");
        for (int batch = 0; batch < MOST_BATCHES; batch++) {
            try {
                update(server, String.format(BATCH, batch));
            } catch (SQLException e) {
                assertThat(sqlState(e)).as(e.getMessage()).isEqualTo(DISK_FULL);
                return batch;
            }
        }
        throw new AssertionError("the disk was never full");
    }

    private static void assertRefused(ServerOnDisk server, String sql) {
        assertThatThrownBy(() -> update(server, sql))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(sqlState(e)).isEqualTo(DISK_FULL));
    }

    /** The driver gives it in the message alone. */
    private static String sqlState(SQLException failure) {
        return failure.getMessage().contains(DISK_FULL) ? DISK_FULL : failure.getMessage();
    }

    private static int batches(ServerOnDisk server) throws SQLException {
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery("SELECT count(*), sum(n), count(*) FILTER (n NOT IN (1, 20000)) FROM"
                                + " (SELECT batch, count(*) AS n FROM kept GROUP BY batch)")) {
            result.next();
            assertThat(result.getInt(3)).as("batches that are there in part").isZero();
            return result.getInt(1);
        }
    }

    private static void update(ServerOnDisk server, String sql) throws SQLException {
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection connect(ServerOnDisk server) throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl());
    }
}
