package io.skyport.config;

import io.skyport.security.Users;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the operator reads once the server is ready: addresses, the user, and snippets that connect when pasted.
 *
 * @param flightPort the port of Flight SQL, as bound
 * @param tls whether all servers encrypt
 * @param flydbPort the port of FlyDB, as bound; none if there is no such server
 * @param httpPort the port of Actuator, as bound
 * @param users whose first one the snippets use
 * @param showPassword whether a password may be shown that was not generated at this start
 */
record Greeting(int flightPort, boolean tls, OptionalInt flydbPort, int httpPort, Users users, boolean showPassword) {

    private static final String UNKNOWN_PASSWORD = "<password>";
    private static final String PLAIN_TEXT = "{noop}";

    /** Shows a generated password, because nobody could know it otherwise. */
    String text() {
        String user = users.first().name();
        String password = password().orElse(UNKNOWN_PASSWORD);
        String uri = (tls ? "grpc+tls" : "grpc") + "://localhost:" + flightPort;
        String jdbc = "jdbc:arrow-flight-sql://localhost:" + flightPort + "/?useEncryption=" + tls + "&user="
                + encode(user) + "&password="
                + password().map(Greeting::encode).orElse(UNKNOWN_PASSWORD);
        return """
                Skyport is ready

                  Flight SQL  %s%s
                  HTTP        %s://localhost:%d/actuator/health
                  User        %s%s

                Python (pip install adbc-driver-flightsql pyarrow):

                  import adbc_driver_flightsql.dbapi as flightsql
                  connection = flightsql.connect("%s", db_kwargs={"username": "%s", "password": "%s"}, autocommit=True)
                  cursor = connection.cursor()
                  cursor.execute("SELECT 42 AS answer")
                  print(cursor.fetchall())

                JDBC (org.apache.arrow:flight-sql-jdbc-driver):

                  %s
                """.formatted(uri, flydb(), tls ? "https" : "http", httpPort, user, origin(), uri, user, password, jdbc);
    }

    private String flydb() {
        return flydbPort.isPresent() ? "\n  FlyDB       localhost:" + flydbPort.getAsInt() : "";
    }

    private Optional<String> password() {
        String stored = users.first().password();
        return users.generatedPassword()
                .or(() -> showPassword && stored.startsWith(PLAIN_TEXT)
                        ? Optional.of(stored.substring(PLAIN_TEXT.length()))
                        : Optional.empty());
    }

    private String origin() {
        return users.generatedPassword()
                .map(password -> ", with a password that was generated for this start and is shown only here;"
                        + " skyport.security.users sets lasting ones")
                .orElse("");
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
