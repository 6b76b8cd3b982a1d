package io.skyport.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Empty;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.skyport.SkyportServer;
import io.skyport.TestCertificate;
import io.skyport.flydb.FlydbClient;
import io.skyport.flydb.message.MessageType;
import io.skyport.flydb.message.MsgQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus is shown after work over both wires, and what docs/metrics.md says of it. */
class MetricsIT {

    private static final Path DOCUMENT = Path.of("docs/metrics.md");
    private static final Pattern FAMILY_ROW = Pattern.compile("\\| `(\\w+)` \\| (\\w+) \\|(.*?)\\| .+ \\|");
    private static final Pattern PREFIX_ROW = Pattern.compile("\\| `(\\w+_)` \\| .+ \\|");
    private static final Pattern CODE = Pattern.compile("`(\\w+)`");
    private static final String FLIGHT = "flightsql";
    private static final String FLYDB = "flydb";

    private static SkyportServer server;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        server = SkyportServer.start(TestCertificate.make(directory, "shown").asBundle("shown"));
        overFlight();
        overFlydb();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void overFlight() throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE t (id INTEGER PRIMARY KEY)");
            statement.executeUpdate("INSERT INTO t VALUES (1), (2), (3)");
            statement.executeUpdate("SET fetch_size = 10");
            try (ResultSet rows = statement.executeQuery("SELECT * FROM t")) {
                while (rows.next()) {}
            }
            assertThatThrownBy(() -> statement.executeUpdate("INSERT INTO t VALUES (1)"))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> statement.executeQuery("SELEC")).isInstanceOf(SQLException.class);
        }
        assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl("user=alice&password=wrong")))
                .isInstanceOf(SQLException.class);
    }

    private static void overFlydb() {
        try (FlydbClient client = FlydbClient.driver(server)) {
            assertThat(client.call(new MsgQuery("SELECT * FROM range(7)")).type())
                    .isEqualTo(MessageType.QUERY_RESULT);
            assertThat(client.call(new MsgQuery("SELECT nonsense")).type()).isEqualTo(MessageType.ERROR);
        }
    }

    @Test
    void what_is_shown_is_documented_with_its_type_and_labels_and_nothing_else_is() throws IOException {
        String document = Files.readString(DOCUMENT);
        Map<String, Scrape.Family> documented = documented(document);
        Set<String> prefixes =
                PREFIX_ROW.matcher(document).results().map(row -> row.group(1)).collect(Collectors.toSet());
        Map<String, Scrape.Family> shown = new TreeMap<>(Scrape.of(server).families());
        shown.keySet().removeIf(name -> prefixes.stream().anyMatch(name::startsWith));
        shown.keySet().removeIf(name -> isMaximum(name, documented));

        assertThat(shown).isEqualTo(documented);
        assertThat(prefixes)
                .allSatisfy(prefix ->
                        assertThat(Scrape.of(server).families().keySet()).anyMatch(name -> name.startsWith(prefix)));
    }

    private static Map<String, Scrape.Family> documented(String document) {
        Map<String, Scrape.Family> families = new TreeMap<>();
        Matcher row = FAMILY_ROW.matcher(document);
        while (row.find()) {
            Set<String> labels = new TreeSet<>();
            CODE.matcher(row.group(3)).results().forEach(label -> labels.add(label.group(1)));
            families.put(row.group(1), new Scrape.Family(row.group(2), labels));
        }
        return families;
    }

    private static boolean isMaximum(String name, Map<String, Scrape.Family> documented) {
        Scrape.Family of = documented.get(name.replaceAll("_max$", ""));
        return name.endsWith("_max") && of != null && of.type().equals("histogram");
    }

    @Test
    void statements_are_counted_by_kind_protocol_and_outcome() {
        Scrape scrape = Scrape.of(server);

        assertThat(scrape.value("skyport_queries_total", "kind", "query", "protocol", FLIGHT, "outcome", "success"))
                .isEqualTo(1);
        assertThat(scrape.value("skyport_queries_total", "kind", "dml", "protocol", FLIGHT, "outcome", "success"))
                .isEqualTo(1);
        assertThat(scrape.value("skyport_queries_total", "kind", "dml", "protocol", FLIGHT, "outcome", "error"))
                .isEqualTo(1);
        assertThat(scrape.value("skyport_queries_total", "kind", "ddl", "protocol", FLIGHT))
                .isEqualTo(1);
        assertThat(scrape.value("skyport_queries_total", "kind", "session", "protocol", FLIGHT))
                .isPositive();
        assertThat(scrape.value("skyport_queries_total", "kind", "query", "protocol", FLYDB, "outcome", "success"))
                .isEqualTo(1);
        assertThat(scrape.value("skyport_queries_total", "kind", "unknown", "protocol", FLYDB, "outcome", "error"))
                .isEqualTo(1);
        assertThat(scrape.value("skyport_rows_total", "kind", "query")).isEqualTo(3 + 7);
        assertThat(scrape.value("skyport_errors_total", "sqlstate", "23505")).isEqualTo(1);
        assertThat(scrape.value("skyport_errors_total", "sqlstate", "42601")).isPositive();
        assertThat(scrape.value("skyport_query_duration_seconds_count"))
                .isEqualTo(scrape.value("skyport_queries_total"));
        assertThat(scrape.value("skyport_query_first_batch_seconds_count")).isEqualTo(2);
    }

    @Test
    void who_is_let_in_is_counted_by_method_and_protocol() {
        Scrape scrape = Scrape.of(server);

        assertThat(scrape.value("skyport_authentications_total", "protocol", FLIGHT, "outcome", "failure"))
                .isPositive();
        assertThat(scrape.value(
                        "skyport_authentications_total", "protocol", FLIGHT, "method", "token", "outcome", "success"))
                .isPositive();
        assertThat(scrape.value(
                        "skyport_authentications_total", "protocol", FLYDB, "method", "password", "outcome", "success"))
                .isEqualTo(1);
        assertThat(scrape.value(
                        "skyport_authentications_total",
                        "protocol",
                        "http",
                        "method",
                        "password",
                        "outcome",
                        "success"))
                .isPositive();
    }

    @Test
    void sessions_and_what_they_hold_go_up_and_down() throws SQLException {
        // Arrow's JDBC driver leaves statements to their session's end.
        double prepared = Scrape.of(server).value("skyport_prepared_statements_active");
        try (FlydbClient client = FlydbClient.driver(server);
                Connection connection = server.connect()) {
            connection.setAutoCommit(false);
            try (PreparedStatement another = connection.prepareStatement("SELECT ?")) {
                Scrape during = Scrape.of(server);
                assertThat(during.value("skyport_sessions_active", "protocol", FLYDB))
                        .isEqualTo(1);
                assertThat(during.value("skyport_sessions_active", "protocol", FLIGHT))
                        .isPositive();
                assertThat(during.value("skyport_prepared_statements_active")).isGreaterThan(prepared);
                assertThat(during.value("skyport_flydb_connections")).isEqualTo(1);
                assertThat(during.value("skyport_flightsql_connections")).isPositive();
            }
        }
        await().untilAsserted(() -> {
            Scrape after = Scrape.of(server);
            assertThat(after.value("skyport_sessions_active", "protocol", FLYDB))
                    .isZero();
            assertThat(after.value("skyport_flydb_connections")).isZero();
            assertThat(after.value("skyport_transactions_active")).isZero();
        });
    }

    @Test
    void frames_are_counted_by_type() {
        Scrape scrape = Scrape.of(server);

        assertThat(scrape.value("skyport_flydb_frames_received_total", "type", "query"))
                .isEqualTo(2);
        assertThat(scrape.value("skyport_flydb_frames_received_total", "type", "auth"))
                .isPositive();
        assertThat(scrape.value("skyport_flydb_frames_sent_total"))
                .isEqualTo(scrape.value("skyport_flydb_frames_received_total"));
        assertThat(scrape.value("skyport_flydb_received_bytes_total")).isGreaterThan(60);
        assertThat(scrape.value("skyport_flydb_sent_bytes_total")).isGreaterThan(60);
    }

    @Test
    void memory_disk_and_the_build_are_shown() {
        Scrape scrape = Scrape.of(server);

        assertThat(scrape.value("skyport_engine_memory_bytes")).isPositive();
        assertThat(scrape.value("skyport_engine_memory_limit_bytes"))
                .isGreaterThan(scrape.value("skyport_engine_memory_bytes"));
        assertThat(scrape.value("skyport_engine_spill_bytes")).isZero();
        assertThat(scrape.value("skyport_arrow_memory_peak_bytes")).isPositive();
        assertThat(scrape.value("skyport_data_total_bytes")).isGreaterThan(scrape.value("skyport_data_free_bytes"));
        assertThat(scrape.value("skyport_ready")).isEqualTo(1);
        assertThat(scrape.value("skyport_build_info", "java", Runtime.version().toString()))
                .isEqualTo(1);
        assertThat(scrape.value("skyport_plan_cache_size")).isPositive();
    }

    @Test
    void nothing_of_a_statement_or_user_is_in_a_label() {
        assertThat(Scrape.of(server).text().lines().filter(line -> !line.startsWith("#")))
                .noneMatch(line -> line.contains("SELECT") || line.contains("nonsense"))
                .noneMatch(line -> line.contains(SkyportServer.USER) || line.contains(SkyportServer.PASSWORD));
    }

    /** Otherwise anybody, without credentials, could make the server keep as many series as he likes. */
    @Test
    void methods_that_there_are_not_are_one_to_the_metrics() {
        ManagedChannel channel = ManagedChannelBuilder.forAddress("127.0.0.1", server.flightPort())
                .usePlaintext()
                .build();
        try {
            for (String name : Arrays.asList("nowhere/Nothing1", "nowhere/Nothing2")) {
                MethodDescriptor<Empty, Empty> method = MethodDescriptor.<Empty, Empty>newBuilder()
                        .setType(MethodDescriptor.MethodType.UNARY)
                        .setFullMethodName(name)
                        .setRequestMarshaller(ProtoUtils.marshaller(Empty.getDefaultInstance()))
                        .setResponseMarshaller(ProtoUtils.marshaller(Empty.getDefaultInstance()))
                        .build();
                assertThatThrownBy(() -> ClientCalls.blockingUnaryCall(
                                channel, method, CallOptions.DEFAULT, Empty.getDefaultInstance()))
                        .isInstanceOf(StatusRuntimeException.class);
            }
        } finally {
            channel.shutdownNow();
        }
        assertThat(Scrape.of(server).text()).doesNotContain("Nothing1", "Nothing2");
    }
}
