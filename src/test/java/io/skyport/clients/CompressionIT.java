package io.skyport.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.skyport.clients.RawFlight.Answer;
import io.skyport.clients.RawFlight.Call;
import java.util.List;
import org.apache.arrow.flatbuf.CompressionType;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flight.CallHeaders;
import org.apache.arrow.flight.FlightCallHeaders;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.HeaderCallOption;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.SessionOptionValueFactory;
import org.apache.arrow.flight.SetSessionOptionsRequest;
import org.apache.arrow.flight.SetSessionOptionsResult;
import org.apache.arrow.flight.impl.Flight.FlightData;
import org.apache.arrow.flight.impl.Flight.FlightDescriptor;
import org.apache.arrow.flight.impl.Flight.HandshakeRequest;
import org.apache.arrow.flight.impl.Flight.Ticket;
import org.apache.arrow.flight.impl.FlightServiceGrpc;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementQuery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Results with compressed bodies, for clients that ask for them, and only for those. */
class CompressionIT extends Connected {

    private static final Metadata.Key<String> COMPRESSION =
            Metadata.Key.of("compression", Metadata.ASCII_STRING_MARSHALLER);
    private static final String REPETITIVE =
            "SELECT i, i % 2 = 0 AS b, 'the same text' AS s, [i, NULL] AS l, NULL AS n FROM range(50000) r(i) ORDER BY i";

    private RawFlight raw;

    @BeforeEach
    void connectRaw() {
        raw = new RawFlight(Endpoint.port());
    }

    @AfterEach
    void disconnectRaw() {
        raw.close();
    }

    @ParameterizedTest
    @CsvSource({"zstd,1", "lz4,0", "ZSTD,1"})
    void a_header_asks_for_it_and_rows_are_the_same(String name, byte type) throws Exception {
        List<FlightData> plain = get(REPETITIVE, RawFlight.alice());
        List<FlightData> compressed = get(REPETITIVE, asking(name));

        assertThat(plain).hasSizeGreaterThan(1).allMatch(message -> compressionOf(message) == -1);
        assertThat(compressed.get(0)).isEqualTo(plain.get(0));
        assertThat(compressed.subList(1, compressed.size()))
                .isNotEmpty()
                .allMatch(message -> compressionOf(message) == type);
        assertThat(bytes(compressed)).isLessThan(bytes(plain) / 2);
        CallHeaders headers = new FlightCallHeaders();
        headers.insert("compression", name);
        FlightInfo info = client.execute(REPETITIVE);
        try (FlightStream stream =
                client.getStream(info.getEndpoints().get(0).getTicket(), new HeaderCallOption(headers))) {
            assertThat(stream.getSchema()).isEqualTo(announced(info));
            long row = 0;
            while (stream.next()) {
                for (int i = 0; i < stream.getRoot().getRowCount(); i++, row++) {
                    assertThat(stream.getRoot().getVector("i").getObject(i)).isEqualTo(row);
                    assertThat(stream.getRoot().getVector("b").getObject(i)).isEqualTo(row % 2 == 0);
                    assertThat(stream.getRoot().getVector("s").getObject(i)).hasToString("the same text");
                    assertThat(stream.getRoot().getVector("l").getObject(i)).hasToString("[" + row + ",null]");
                    assertThat(stream.getRoot().getVector("n").isNull(i)).isTrue();
                }
            }
            assertThat(row).isEqualTo(50_000);
        }
    }

    @Test
    void what_does_not_get_shorter_and_what_is_empty_travels_too() throws Exception {
        String random = "SELECT uuid() AS a, ''::BLOB AS b FROM range(10000)";
        List<FlightData> compressed = get(random, asking("zstd"));
        assertThat(compressed).hasSizeGreaterThan(1);

        assertThat(get("SELECT 1 WHERE false", asking("lz4"))).isNotEmpty();
        assertThat(get("CREATE TABLE IF NOT EXISTS " + table("t") + " (i INTEGER)", asking("zstd")))
                .hasSize(1);
    }

    @Test
    void a_session_option_asks_for_it_until_it_is_taken_back_and_a_header_wins() throws Exception {
        String bearer = raw.call(
                        FlightServiceGrpc.getHandshakeMethod(),
                        RawFlight.alice(),
                        HandshakeRequest.getDefaultInstance())
                .headers()
                .get(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER));
        Metadata headers = RawFlight.authorization(bearer);
        CallHeaders sent = new FlightCallHeaders();
        sent.insert("authorization", bearer);
        HeaderCallOption token = new HeaderCallOption(sent);
        try (FlightClient flight = FlightClient.builder(
                        allocator, Location.forGrpcInsecure("127.0.0.1", Endpoint.port()))
                .build()) {
            FlightSqlClient session = new FlightSqlClient(flight);
            assertThat(set(session, token, "zstd").getErrors()).isEmpty();
            assertThat(get(REPETITIVE, headers).subList(1, 2)).allMatch(message -> compressionOf(message) == 1);
            headers.put(COMPRESSION, "none");
            assertThat(get(REPETITIVE, headers).subList(1, 2)).allMatch(message -> compressionOf(message) == -1);
            headers.removeAll(COMPRESSION);
            assertThat(set(session, token, "gzip").getErrors()).containsKey("compression");
            assertThat(set(session, token, "none").getErrors()).isEmpty();
            assertThat(get(REPETITIVE, headers).subList(1, 2)).allMatch(message -> compressionOf(message) == -1);
        }
    }

    @Test
    void a_compression_that_there_is_not_is_an_invalid_argument() throws Exception {
        Answer<FlightData> answer =
                raw.call(FlightServiceGrpc.getDoGetMethod(), asking("brotli"), ticket("SELECT 1", RawFlight.alice()));

        assertThat(answer.code()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(answer.description()).contains("none, lz4 or zstd").endsWith("[22023]");
    }

    @Test
    void failures_and_clients_that_leave_are_as_without_it() throws Exception {
        assertThat(raw.call(
                                FlightServiceGrpc.getDoGetMethod(),
                                asking("zstd"),
                                Ticket.newBuilder()
                                        .setTicket(ByteString.copyFromUtf8("garbage"))
                                        .build())
                        .code())
                .isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(raw.call(FlightServiceGrpc.getDoGetMethod(), asking("zstd"), List.of())
                        .code())
                .isEqualTo(Code.INVALID_ARGUMENT);
        CallHeaders headers = new FlightCallHeaders();
        headers.insert("compression", "lz4");
        FlightInfo failing = client.execute("SELECT CAST(x AS INTEGER) FROM (VALUES ('1'), ('no')) v(x)");
        assertThatThrownBy(() -> {
                    try (FlightStream stream = client.getStream(
                            failing.getEndpoints().get(0).getTicket(), new HeaderCallOption(headers))) {
                        stream.next();
                    }
                })
                .isInstanceOfSatisfying(
                        FlightRuntimeException.class,
                        e -> assertThat(e.status().code()).isEqualTo(FlightStatusCode.INVALID_ARGUMENT));
        Call<Ticket, FlightData> leaving = raw.start(FlightServiceGrpc.getDoGetMethod(), asking("zstd"), 1);
        leaving.send(ticket("SELECT i, uuid() FROM range(1000000000) r(i)", RawFlight.alice()));
        leaving.halfClose();
        leaving.firstMessage();
        leaving.cancel();
    }

    private static SetSessionOptionsResult set(FlightSqlClient session, HeaderCallOption token, String value) {
        return session.setSessionOptions(
                new SetSessionOptionsRequest(
                        java.util.Map.of("compression", SessionOptionValueFactory.makeSessionOptionValue(value))),
                token);
    }

    private static Metadata asking(String compression) {
        Metadata headers = RawFlight.alice();
        headers.put(COMPRESSION, compression);
        return headers;
    }

    private List<FlightData> get(String sql, Metadata headers) throws Exception {
        Answer<FlightData> answer = raw.call(FlightServiceGrpc.getDoGetMethod(), headers, ticket(sql, headers));
        assertThat(answer.code()).as(answer.description()).isEqualTo(Code.OK);
        return answer.messages();
    }

    private Ticket ticket(String sql, Metadata headers) throws Exception {
        FlightDescriptor query = RawFlight.command(
                CommandStatementQuery.newBuilder().setQuery(sql).build());
        return raw.call(FlightServiceGrpc.getGetFlightInfoMethod(), headers, query)
                .messages()
                .get(0)
                .getEndpoint(0)
                .getTicket();
    }

    /** The type, or -1 for none. */
    private static int compressionOf(FlightData message) {
        Message header = Message.getRootAsMessage(message.getDataHeader().asReadOnlyByteBuffer());
        if (header.headerType() != MessageHeader.RecordBatch) {
            return -1;
        }
        var compression = ((RecordBatch) header.header(new RecordBatch())).compression();
        if (compression == null) {
            return -1;
        }
        assertThat(compression.codec()).isIn(CompressionType.LZ4_FRAME, CompressionType.ZSTD);
        return compression.codec();
    }

    private static long bytes(List<FlightData> messages) {
        return messages.stream().mapToLong(FlightData::getSerializedSize).sum();
    }
}
