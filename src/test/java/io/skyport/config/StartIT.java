package io.skyport.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyport.SkyportServer;
import io.skyport.security.AccessTokens;
import io.skyport.security.Authenticator;
import io.skyport.security.Credentials.BearerToken;
import io.skyport.security.Door;
import io.skyport.security.Principal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class StartIT {

    @TempDir
    Path directory;

    @Test
    void statements_of_the_ddl_file_run_before_clients_are_served(CapturedOutput output) throws Exception {
        Path ddl = write("""
                -- two statements; and a comment
                CREATE TABLE IF NOT EXISTS greetings (text VARCHAR);
                INSERT INTO greetings VALUES ('hello; world');
                """);

        try (SkyportServer server = SkyportServer.startIn(directory, "skyport.startup.ddl=" + ddl)) {
            assertThat(query(server, "SELECT text FROM greetings")).isEqualTo("hello; world");
        }
        assertThat(output).contains("Ran 2 statements of " + ddl);
    }

    @Test
    void a_failing_statement_stops_the_start_and_is_named_by_file_and_line(CapturedOutput output) throws IOException {
        Path ddl = write(
                "CREATE TABLE a (b INTEGER);\n\n-- and now\nSELECT 1\n  FROM nowhere;\nCREATE TABLE c (d INTEGER);\n");

        assertThatThrownBy(() -> SkyportServer.startIn(directory, "skyport.startup.ddl=" + ddl));

        assertThat(output).contains(ddl + ", line 5, column 8: ").contains("[42P01]");
        assertThat(output).doesNotContain("Skyport is ready").doesNotContain("\tat io.skyport");
    }

    @Test
    void a_ddl_file_that_does_not_exist_is_named(CapturedOutput output) {
        assertThatThrownBy(() -> SkyportServer.startIn(directory, "skyport.startup.ddl=nowhere.sql"));

        assertThat(output).contains("skyport.startup.ddl: nowhere.sql does not exist");
    }

    @Test
    void a_misspelt_property_stops_the_start_and_is_named(CapturedOutput output) {
        assertThatThrownBy(() -> SkyportServer.startIn(directory, "skyport.engine.max-conections=3"));

        assertThat(output).contains("There is no property skyport.engine.max-conections");
        assertThat(directory.resolve("data")).doesNotExist();
    }

    @Test
    void a_value_that_does_not_fit_stops_the_start_and_is_named(CapturedOutput output) {
        assertThatThrownBy(() -> SkyportServer.startIn(directory, "skyport.session.max-sessions=0"));

        assertThat(output).contains("skyport.session.max-sessions is '0': must be greater than or equal to 1");
    }

    @Test
    void a_data_directory_that_is_a_file_stops_the_start(CapturedOutput output) throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        assertThatThrownBy(() -> SkyportServer.startIn(directory, "skyport.data-dir=" + file));

        assertThat(output).contains("skyport.data-dir: cannot write to " + file);
    }

    @Test
    void a_password_without_its_form_stops_the_start_and_is_not_shown(CapturedOutput output) {
        assertThatThrownBy(() -> SkyportServer.startIn(
                directory, "skyport.security.users[0].name=carol", "skyport.security.users[0].password=swordfish"));

        assertThat(output)
                .contains("skyport.security.users[0].password (user 'carol') must start with {bcrypt}")
                .doesNotContain("swordfish");
    }

    @Test
    void a_taken_port_stops_the_start_and_is_named(CapturedOutput output) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> SkyportServer.startIn(directory, "grpc.server.port=" + taken.getLocalPort()));

            assertThat(output)
                    .contains("Flight SQL cannot listen at grpc.server.address, grpc.server.port")
                    .contains(String.valueOf(taken.getLocalPort()));
        }
    }

    @Test
    void without_users_admin_connects_with_the_password_that_was_printed_and_differs_each_time(CapturedOutput output)
            throws SQLException {
        String[] noUsers = {"skyport.security.users=", "skyport.security.tokens="};
        try (SkyportServer server = SkyportServer.startIn(directory, noUsers)) {
            assertThat(query(server, "SELECT 'in'", jdbcUrl(output))).isEqualTo("in");
        }
        String first = jdbcUrl(output);
        SkyportServer.startIn(directory, noUsers).close();
        String second = jdbcUrl(output);

        assertThat(password(first)).isNotEqualTo(password(second));
        // The snippet in Python, the one for JDBC, and nowhere else.
        assertThat(output.getAll().split(Pattern.quote(password(first)), -1)).hasSize(3);
    }

    @Test
    void queries_are_warmed_up_before_the_server_is_ready(CapturedOutput output) {
        SkyportServer.startIn(directory, "skyport.startup.warm-up=true").close();

        assertThat(output.getAll()).containsPattern("(?s)Warmed up in \\d+ ms.*Skyport is ready");
    }

    @Test
    void a_configured_password_is_not_printed(CapturedOutput output) {
        SkyportServer.startIn(directory, "logging.level.io.skyport=trace").close();

        assertThat(output).contains("Skyport is ready").doesNotContain(SkyportServer.PASSWORD);
    }

    @Test
    void access_tokens_outlive_a_restart() {
        BearerToken token;
        try (SkyportServer server = SkyportServer.startIn(directory)) {
            token = new BearerToken(server.bean(AccessTokens.class)
                    .issue(new Principal(SkyportServer.READER, Set.of()))
                    .value());
        }
        try (SkyportServer server = SkyportServer.startIn(directory)) {
            assertThat(server.bean(Authenticator.class)
                            .authenticate(token, Door.HTTP, null)
                            .name())
                    .isEqualTo(SkyportServer.READER);
        }
    }

    private Path write(String statements) throws IOException {
        return Files.writeString(directory.resolve("startup.sql"), statements);
    }

    private static String query(SkyportServer server, String sql) throws SQLException {
        return query(server, sql, server.jdbcUrl());
    }

    private static String query(SkyportServer server, String sql, String url) throws SQLException {
        try (Connection connection = java.sql.DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    /** The last one that was printed. */
    private static String jdbcUrl(CapturedOutput output) {
        Matcher url = Pattern.compile("jdbc:arrow-flight-sql://\\S+").matcher(output.getAll());
        return url.results().reduce((first, last) -> last).orElseThrow().group();
    }

    private static String password(String jdbcUrl) {
        return jdbcUrl.replaceFirst(".*password=", "");
    }
}
