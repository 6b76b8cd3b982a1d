package io.skyport.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.skyport.SkyportServer;
import io.skyport.flydb.FlydbClient;
import io.skyport.flydb.message.MsgPing;
import io.skyport.flydb.message.MsgQuery;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.flight.CallHeaders;
import org.apache.arrow.flight.CallOption;
import org.apache.arrow.flight.FlightCallHeaders;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.HeaderCallOption;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.auth2.BasicAuthCredentialWriter;
import org.apache.arrow.flight.grpc.CredentialCallOption;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One trace a statement. */
class TracingIT {

    private static final String GET_INFO = "arrow.flight.protocol.FlightService/GetFlightInfo";
    private static final String DO_GET = "arrow.flight.protocol.FlightService/DoGet";
    private static final String NO_SPAN = "0000000000000000";
    private static final String CLIENTS_TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String CLIENTS_SPAN = "b7ad6b7169203331";

    private static final CallOption ALICE =
            new CredentialCallOption(new BasicAuthCredentialWriter(SkyportServer.USER, SkyportServer.PASSWORD));

    private static SkyportServer server;

    @BeforeAll
    static void start() {
        server = SkyportServer.start(
                "management.tracing.enabled=true",
                "management.otlp.tracing.export.enabled=false",
                SpansInMemoryConfiguration.SETTING);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void forget() {
        exporter().reset();
    }

    private static InMemorySpanExporter exporter() {
        return server.bean(SpansInMemoryConfiguration.Spans.class).exporter();
    }

    /** Once there is one of this name. */
    private static List<SpanData> spansWith(String name) {
        await().until(() -> exporter().getFinishedSpanItems().stream()
                .anyMatch(span -> span.getName().equals(name)));
        return List.copyOf(exporter().getFinishedSpanItems());
    }

    private static SpanData only(List<SpanData> spans, String name) {
        List<SpanData> found =
                spans.stream().filter(span -> span.getName().equals(name)).toList();
        assertThat(found).as(name).hasSize(1);
        return found.get(0);
    }

    private static void query(String sql, CallOption... options) {
        try (BufferAllocator allocator = new RootAllocator();
                FlightSqlClient client = new FlightSqlClient(
                        FlightClient.builder(allocator, Location.forGrpcInsecure("127.0.0.1", server.flightPort()))
                                .build())) {
            FlightInfo info = client.execute(sql, options);
            try (FlightStream stream =
                    client.getStream(info.getEndpoints().get(0).getTicket(), options)) {
                while (stream.next()) {}
            }
        } catch (FlightRuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_query_over_flight_sql_is_one_trace_from_its_calls_to_its_phases() {
        query("SELECT i FROM range(1000) r(i)", ALICE);

        List<SpanData> spans = spansWith(DO_GET);
        SpanData call = only(spans, GET_INFO);
        SpanData query = only(spans, "query");
        assertThat(spans).extracting(SpanData::getTraceId).containsOnly(call.getTraceId());
        assertThat(call.getParentSpanId()).isEqualTo(NO_SPAN);
        assertThat(call.getKind()).isEqualTo(SpanKind.SERVER);
        assertThat(query.getParentSpanId()).isEqualTo(call.getSpanId());
        assertThat(only(spans, DO_GET).getParentSpanId()).isEqualTo(call.getSpanId());
        for (String phase : List.of("compile", "queue", "engine", "stream")) {
            assertPartOf(only(spans, phase), query);
        }
        assertThat(only(spans, "compile").getEndEpochNanos())
                .isLessThanOrEqualTo(only(spans, "queue").getStartEpochNanos());
        assertThat(only(spans, "engine").getEndEpochNanos())
                .isEqualTo(only(spans, "stream").getStartEpochNanos());
    }

    private static void assertPartOf(SpanData phase, SpanData query) {
        assertThat(phase.getParentSpanId()).isEqualTo(query.getSpanId());
        assertThat(phase.getStartEpochNanos()).isGreaterThanOrEqualTo(query.getStartEpochNanos());
        assertThat(phase.getEndEpochNanos()).isBetween(phase.getStartEpochNanos(), query.getEndEpochNanos());
    }

    @Test
    void a_span_tells_which_statement_it_is_and_what_came_of_it_but_not_its_text() {
        query("SELECT 'a secret' AS s", ALICE);

        SpanData query = only(spansWith("query"), "query");
        assertThat(attribute(query, "skyport.query.id")).startsWith("q");
        assertThat(attribute(query, "skyport.session.id")).startsWith("s");
        assertThat(attribute(query, "skyport.protocol")).isEqualTo("flightsql");
        assertThat(attribute(query, "db.operation.name")).isEqualTo("query");
        assertThat(attribute(query, "skyport.rows")).isEqualTo("1");
        assertThat(attribute(query, "skyport.outcome")).isEqualTo("success");
        assertThat(exporter().getFinishedSpanItems().toString())
                .doesNotContain("secret", SkyportServer.USER, SkyportServer.PASSWORD);
    }

    private static String attribute(SpanData span, String name) {
        return span.getAttributes().get(AttributeKey.stringKey(name));
    }

    @Test
    void a_clients_own_trace_goes_on_in_the_server() {
        CallHeaders headers = new FlightCallHeaders();
        headers.insert("traceparent", "00-" + CLIENTS_TRACE + "-" + CLIENTS_SPAN + "-01");
        query("SELECT 1", ALICE, new HeaderCallOption(headers));

        List<SpanData> spans = spansWith(DO_GET);
        assertThat(spans).extracting(SpanData::getTraceId).containsOnly(CLIENTS_TRACE);
        assertThat(only(spans, GET_INFO).getParentSpanId()).isEqualTo(CLIENTS_SPAN);
        assertThat(only(spans, DO_GET).getParentSpanId()).isEqualTo(CLIENTS_SPAN);
        assertThat(only(spans, "query").getParentSpanId())
                .isEqualTo(only(spans, GET_INFO).getSpanId());
    }

    @Test
    void what_a_client_does_not_record_is_not_recorded_here() {
        CallHeaders headers = new FlightCallHeaders();
        headers.insert("traceparent", "00-" + CLIENTS_TRACE + "-" + CLIENTS_SPAN + "-00");
        query("SELECT 1", ALICE, new HeaderCallOption(headers));
        query("SELECT 2", ALICE);

        assertThat(spansWith(DO_GET)).extracting(SpanData::getTraceId).doesNotContain(CLIENTS_TRACE);
    }

    @Test
    void a_failure_is_told_by_its_sqlstate() {
        assertThatThrownBy(() -> query("SELECT nonsense", ALICE)).isInstanceOf(FlightRuntimeException.class);

        List<SpanData> spans = spansWith(GET_INFO);
        SpanData query = only(spans, "query");
        assertThat(query.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(attribute(query, "db.response.status_code")).isEqualTo("42703");
        assertThat(only(spans, GET_INFO).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    }

    @Test
    void a_query_over_flydb_is_one_trace_from_its_frame_to_its_phases() {
        try (FlydbClient client = FlydbClient.driver(server)) {
            forget();
            client.call(new MsgPing());
            client.call(new MsgQuery("SELECT i FROM range(1000) r(i)"));
        }

        List<SpanData> spans = spansWith("flydb/query");
        SpanData frame = only(spans, "flydb/query");
        SpanData query = only(spans, "query");
        assertThat(spans).extracting(SpanData::getTraceId).containsOnly(frame.getTraceId());
        assertThat(frame.getParentSpanId()).isEqualTo(NO_SPAN);
        assertThat(query.getParentSpanId()).isEqualTo(frame.getSpanId());
        assertThat(attribute(query, "skyport.protocol")).isEqualTo("flydb");
        for (String phase : List.of("compile", "queue", "engine", "stream")) {
            assertPartOf(only(spans, phase), query);
        }
    }

    @Test
    void a_statement_that_gives_no_rows_has_no_stream() {
        try (FlydbClient client = FlydbClient.driver(server)) {
            forget();
            client.call(new MsgQuery("CREATE TABLE IF NOT EXISTS traced (id INTEGER)"));
        }

        assertThat(spansWith("flydb/query"))
                .extracting(SpanData::getName)
                .containsExactlyInAnyOrder("flydb/query", "query", "compile", "queue", "engine");
    }

    @Test
    void traces_go_to_a_collector_over_http_and_by_default_nowhere() throws IOException {
        AtomicInteger received = new AtomicInteger();
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            received.addAndGet(exchange.getRequestBody().readAllBytes().length);
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        String endpoint = "management.otlp.tracing.endpoint=http://127.0.0.1:"
                + collector.getAddress().getPort() + "/v1/traces";
        try {
            runOneQuery(endpoint);
            assertThat(received).hasValue(0);

            runOneQuery(endpoint, "management.tracing.enabled=true");
            assertThat(received).hasPositiveValue();
        } finally {
            collector.stop(0);
        }
    }

    /** The end of a server sends what waits to be sent. */
    private static void runOneQuery(String... settings) {
        try (SkyportServer other = SkyportServer.start(settings);
                FlydbClient client = FlydbClient.driver(other)) {
            client.call(new MsgQuery("SELECT 1"));
        }
    }
}
