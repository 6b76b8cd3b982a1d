package io.skyport.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.arrow.flight.impl.Flight.FlightData;
import org.apache.arrow.flight.impl.Flight.FlightInfo;
import org.apache.arrow.flight.impl.FlightServiceGrpc;
import org.apache.arrow.flight.impl.FlightServiceGrpc.FlightServiceBlockingStub;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementQuery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages of results of every shape, as a client receives them that takes no more than 4 MiB, like those of tonic. */
@ExtendWith(NothingHeld.class)
class MessageSizesIT {

    private static final int CLIENT_LIMIT = 4 << 20;
    private static final int MESSAGE = 2 << 20;
    private static final int COLUMNS = 1500;

    private ManagedChannel channel;
    private FlightServiceBlockingStub stub;

    @BeforeEach
    void connect() {
        channel = NettyChannelBuilder.forAddress("127.0.0.1", Endpoint.port())
                .usePlaintext()
                .build();
        Channel alice =
                ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(RawFlight.alice()));
        stub = FlightServiceGrpc.newBlockingStub(alice).withMaxInboundMessageSize(CLIENT_LIMIT);
    }

    @AfterEach
    void disconnect() throws InterruptedException {
        channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    }

    static Stream<String> queries() {
        String wide = IntStream.range(0, COLUMNS)
                .mapToObj(i -> i % 2 == 0 ? "i + " + i : "'text ' || i")
                .collect(Collectors.joining(", "));
        return Stream.of(
                "SELECT i, i * 2, i::VARCHAR FROM range(300000) r(i)",
                "SELECT " + wide + " FROM range(200) r(i)",
                "SELECT repeat('x', CASE WHEN i % 1000 = 0 THEN 1500000 ELSE 10 END) FROM range(5000) r(i)",
                "SELECT repeat('x', CASE WHEN i = 0 THEN 4000000 ELSE 1 END) FROM range(5000) r(i)",
                "SELECT range(i % 7 * 1000), {'a': i, 'b': [repeat('y', i % 100)]}, MAP {i: 'z'} FROM range(2000) r(i)",
                "SELECT i % 2 = 0, NULL, ['a', NULL, repeat('b', 10000)] FROM range(3000) r(i)",
                "SELECT CAST(CASE WHEN i % 2 = 0 THEN 'low' ELSE 'high' END AS ENUM('low', 'high')) FROM range(500000) r(i)");
    }

    @ParameterizedTest
    @MethodSource("queries")
    void messages_of_more_than_one_row_take_two_mebibytes_and_of_one_row_four(String sql) {
        FlightInfo info = stub.getFlightInfo(RawFlight.command(
                CommandStatementQuery.newBuilder().setQuery(sql).build()));
        Iterator<FlightData> messages = stub.doGet(info.getEndpoint(0).getTicket());
        int count = 0;
        while (messages.hasNext()) {
            FlightData message = messages.next();
            if (rows(message) > 1) {
                assertThat(message.getSerializedSize()).isLessThanOrEqualTo(MESSAGE);
            }
            count++;
        }
        assertThat(count).isGreaterThan(1);
    }

    private static long rows(FlightData message) {
        var header = org.apache.arrow.flatbuf.Message.getRootAsMessage(
                message.getDataHeader().asReadOnlyByteBuffer());
        if (header.headerType() != org.apache.arrow.flatbuf.MessageHeader.RecordBatch) {
            return 0;
        }
        var batch = (org.apache.arrow.flatbuf.RecordBatch) header.header(new org.apache.arrow.flatbuf.RecordBatch());
        return batch.length();
    }
}
