package io.skyport.observability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.skyport.SkyportServer;
import io.skyport.flydb.FlydbClient;
import io.skyport.flydb.message.MsgQuery;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class JsonLogsIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void what_is_logged_while_a_statement_runs_names_it_and_its_session(CapturedOutput output) throws SQLException {
        try (SkyportServer server = SkyportServer.start(
                "spring.profiles.active=json",
                LoggingListenerConfiguration.SETTING,
                // It runs statements on the thread that says that the server is ready.
                "skyport.startup.warm-up=true")) {
            try (Connection connection = server.connect();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT 'over flight'")) {
                while (rows.next()) {}
            }
            try (FlydbClient client = FlydbClient.driver(server)) {
                client.call(new MsgQuery("SELECT 'over flydb'"));
                client.call(new MsgQuery("CREATE TABLE written (id INTEGER)"));
                client.call(new MsgQuery("SELECT does not compile"));
            }
        }

        assertNamed(line(output, "'over flight'"));
        assertNamed(line(output, "'over flydb'"));
        assertNamed(line(output, "CREATE TABLE written"));
        assertNamed(line(output, "does not compile"));
        JsonNode ready = line(output, "Skyport is ready");
        assertThat(ready.path("log")
                        .path("level")
                        .asText(ready.path("log.level").asText()))
                .isEqualTo("INFO");
        assertThat(ready.has("query_id")).isFalse();
    }

    /** The message has the ids from the listener, the members from the thread. */
    private static void assertNamed(JsonNode line) {
        String[] words = line.path("message").asText().split(" ");
        assertThat(line.path("query_id").asText()).startsWith("q").isEqualTo(words[2]);
        assertThat(line.path("session_id").asText()).startsWith("s").isEqualTo(words[3]);
    }

    private static JsonNode line(CapturedOutput output, String part) {
        List<JsonNode> lines = output.getOut()
                .lines()
                .filter(line -> line.startsWith("{") && line.contains(part))
                .map(JsonLogsIT::read)
                .toList();
        assertThat(lines).as("lines with " + part + " of\n" + output.getOut()).isNotEmpty();
        return lines.get(lines.size() - 1);
    }

    private static JsonNode read(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError(line, e);
        }
    }
}
