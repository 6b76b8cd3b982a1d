package io.skyport.config;

import static io.skyport.SkyportServer.basic;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.skyport.SkyportServer;
import io.skyport.flydb.FlydbClient;
import io.skyport.flydb.message.MsgAuth;
import io.skyport.security.AccessTokens;
import io.skyport.security.Principal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Passwords, tokens and keys are told nobody: not by logs at their most talkative, nor by errors, metrics, Actuator or SQL. */
@Timeout(180)
@ExtendWith(OutputCaptureExtension.class)
class SecretsIT {

    private static final String PASSWORD = "Pw7-marked-right";
    private static final String WRONG = "Pw7-marked-wrong";
    private static final String TOKEN = "Tk7-marked-right-0123456789";
    private static final String WRONG_TOKEN = "Tk7-marked-wrong-0123456789";
    private static final String KEY = "Ky7-marked-key-that-is-32-bytes-long";

    @TempDir
    Path directory;

    @Test
    void nothing_tells_them(CapturedOutput output) throws Exception {
        List<String> told = new ArrayList<>();
        String issued;
        try (SkyportServer server = SkyportServer.startIn(
                directory,
                "skyport.security.users[0].name=marked",
                "skyport.security.users[0].password={noop}" + PASSWORD,
                "skyport.security.users[0].roles=admin",
                "skyport.security.tokens[0].token=" + TOKEN,
                "skyport.security.tokens[0].user=marked",
                "skyport.security.jwt.secret=" + KEY,
                "management.endpoints.web.exposure.include=*",
                "management.endpoint.env.show-values=always",
                "management.endpoint.configprops.show-values=always",
                "logging.level.io.skyport=trace",
                "logging.level.org.springframework.security=debug",
                "logging.level.org.springframework.boot=debug")) {
            issued = server.bean(AccessTokens.class)
                    .issue(new Principal("marked", Set.of("admin")))
                    .value();
            flight(server, "user=marked&password=" + PASSWORD, told);
            flight(server, "user=marked&password=" + WRONG, told);
            flight(server, "token=" + TOKEN, told);
            flight(server, "token=" + WRONG_TOKEN, told);
            flight(server, "token=" + issued, told);
            flight(server, "token=" + issued.substring(0, issued.length() - 3) + "abc", told);
            flydb(server, PASSWORD, told);
            flydb(server, WRONG, told);
            for (String path : List.of(
                    "/actuator/env",
                    "/actuator/configprops",
                    "/actuator/beans",
                    "/actuator/mappings",
                    "/actuator/conditions",
                    "/actuator/prometheus",
                    "/actuator/info",
                    "/actuator/health",
                    "/actuator/sessions",
                    "/actuator/queries",
                    "/actuator/env/skyport.security.users%5B0%5D.password",
                    "/actuator/env/skyport.security.tokens%5B0%5D.token",
                    "/actuator/env/skyport.security.jwt.secret")) {
                told.add(server.get(path, basic("marked", PASSWORD)).body());
                told.add(server.get(path, "Bearer " + issued).body());
                told.add(server.get(path, basic("marked", WRONG)).body());
                told.add(server.get(path, "Bearer " + WRONG_TOKEN).body());
            }
        }
        told.add(output.getAll());
        try (var files = Files.walk(directory.resolve("data"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                told.add(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        for (String secret : List.of(
                "Pw7-marked", "Tk7-marked", "Ky7-marked", issued, issued.substring(issued.lastIndexOf('.') + 1))) {
            assertThat(told).as(secret).noneMatch(text -> text.contains(secret));
            String encoded = Base64.getEncoder().encodeToString(("marked:" + secret).getBytes(StandardCharsets.UTF_8));
            assertThat(told).noneMatch(text -> text.contains(encoded.substring(0, 14)));
        }
        assertThat(output.getAll()).contains("DEBUG");
    }

    private static void flight(SkyportServer server, String credentials, List<String> told) {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl(credentials));
                Statement statement = connection.createStatement()) {
            told.add(rows(statement, "SELECT * FROM _system.sessions"));
            told.add(rows(statement, "SELECT * FROM _system.running_queries"));
            told.add(rows(statement, "SELECT * FROM _system.queries"));
            told.add(rows(statement, "SELECT name, value FROM duckdb_settings()"));
            told.add(rows(statement, "SHOW ALL"));
            for (String failing :
                    List.of("SELECT * FROM nowhere", "SELECT 1 / 0 FROM", "SELECT CAST('x' AS INTEGER)")) {
                told.add(rows(statement, failing));
            }
        } catch (SQLException e) {
            told.add(text(e));
        }
    }

    private static String rows(Statement statement, String sql) {
        StringBuilder text = new StringBuilder();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    text.append(rows.getString(i)).append('|');
                }
            }
            return text.toString();
        } catch (SQLException e) {
            return text(e);
        }
    }

    private static String text(SQLException failure) {
        StringBuilder text = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            text.append(cause.getMessage()).append('\n');
        }
        return text.toString();
    }

    private static void flydb(SkyportServer server, String password, List<String> told) {
        try (FlydbClient client = FlydbClient.connect(server.flydbPort())) {
            JsonNode answer =
                    client.call(new MsgAuth("marked", password, null, false)).json();
            told.add(answer.toString());
            if (answer.path("success").asBoolean()) {
                told.add(client.query("SELECT * FROM nowhere").toString());
            }
        }
    }
}
