package io.skyport.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyport.SkyportServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Queries that need more than the engine may have. */
@Timeout(120)
class LittleMemoryIT {

    private static final String LARGE =
            "SELECT count(*) FROM (SELECT DISTINCT md5(CAST(i AS VARCHAR)) FROM range(2000000) t(i))";
    /** Aggregates of this kind cannot be spilled. */
    private static final String UNSPILLED = "SELECT length(list(i)) FROM range(40000000) t(i)";

    @Test
    void a_query_that_needs_more_memory_spills() throws Exception {
        try (SkyportServer server = SkyportServer.start("skyport.engine.memory-limit=64MB")) {
            assertThat(number(server, LARGE)).isEqualTo(2_000_000);
        }
    }

    @Test
    void what_cannot_be_spilled_fails_by_itself_and_all_else_goes_on() throws Exception {
        try (SkyportServer server =
                SkyportServer.start("skyport.engine.memory-limit=64MB", "skyport.engine.max-temp-size=8MB")) {
            try (Connection connection = server.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE kept AS SELECT i FROM range(1000) t(i)");
            }
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> number(server, UNSPILLED)).hasMessageContaining("53200");
                assertThatThrownBy(() -> number(server, LARGE)).hasMessageContaining("53100");
                assertThat(number(server, "SELECT count(*) FROM kept")).isEqualTo(1000);
            }
        }
    }

    private static long number(SkyportServer server, String sql) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }
}
