package io.skyport.flightsql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.flatbuffers.FlatBufferBuilder;
import com.google.protobuf.ByteString;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flight.impl.Flight.FlightData;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UploadedRowsTest {

    private final BufferAllocator allocator = new RootAllocator();
    private final AtomicInteger requested = new AtomicInteger();
    private final FlightDataChannel messages = new FlightDataChannel(Duration.ofMillis(100), requested::addAndGet);

    @AfterEach
    void nothing_leaks() {
        allocator.close();
    }

    @Test
    void rows_of_several_batches_come_out_in_order() throws IOException {
        messages.add(UploadMessages.schema());
        messages.add(UploadMessages.batch(1, 2));
        messages.add(UploadMessages.batch());
        messages.add(UploadMessages.batch(3));
        messages.end();

        assertThat(read()).containsExactly(1, 2, 3);
    }

    @Test
    void each_message_read_asks_the_client_for_one_more() throws IOException {
        messages.add(UploadMessages.schema());
        messages.add(UploadMessages.batch(1));
        messages.end();

        read();

        assertThat(requested).hasValue(2);
    }

    @Test
    void messages_without_data_are_skipped_and_replaced_by_the_next() throws IOException {
        messages.add(FlightData.newBuilder()
                .setAppMetadata(ByteString.copyFromUtf8("x"))
                .build());
        messages.add(UploadMessages.schema());
        messages.end();

        assertThat(read()).isEmpty();
        assertThat(requested).hasValue(2);
    }

    @Test
    void a_client_that_sends_no_schema_has_none() {
        messages.end();
        try (UploadedRows rows = new UploadedRows(messages, allocator, 1 << 20)) {
            assertThat(rows.hasSchema()).isFalse();
        }
    }

    @Test
    void asking_for_the_schema_does_not_use_it_up() throws IOException {
        messages.add(UploadMessages.schema());
        messages.add(UploadMessages.batch(7));
        messages.end();
        try (UploadedRows rows = new UploadedRows(messages, allocator, 1 << 20)) {
            assertThat(rows.hasSchema()).isTrue();
            assertThat(rows.hasSchema()).isTrue();
            assertThat(read(rows.reader())).containsExactly(7);
        }
    }

    @Test
    void a_client_that_falls_silent_is_not_waited_for_without_end() {
        messages.add(UploadMessages.schema());

        assertRefused(this::read, "skyport.flightsql.upload-idle-timeout");
    }

    @Test
    void a_failure_of_the_call_reaches_the_reader() {
        messages.add(UploadMessages.schema());
        messages.fail(new SkyportException(ErrorCode.QUERY_CANCELED, "the client went away"));

        assertThatThrownBy(this::read).hasMessage("the client went away");
    }

    @Test
    void a_batch_before_the_schema_and_a_second_schema_are_refused() {
        assertRefused(() -> messages.add(UploadMessages.batch(1)), "before the schema");
        messages.add(UploadMessages.schema());
        assertRefused(() -> messages.add(UploadMessages.schema()), "second schema");
    }

    @Test
    void a_body_of_another_length_than_its_header_says_is_refused() {
        messages.add(UploadMessages.schema());
        FlightData batch = UploadMessages.batch(1, 2, 3);

        assertRefused(
                () -> messages.add(batch.toBuilder()
                        .setDataBody(batch.getDataBody().substring(8))
                        .build()),
                "length");
    }

    @Test
    void offsets_that_point_outside_the_batch_are_refused_before_anybody_follows_them() {
        messages.add(UploadMessages.schema(new Schema(List.of(Field.nullable("n", ArrowType.Utf8.INSTANCE)))));
        FlightData text = UploadMessages.texts("ab", "cd");
        byte[] body = text.getDataBody().toByteArray();
        body[8 + 4] = 127; // validity takes 8 bytes; the second offset
        messages.add(text.toBuilder().setDataBody(ByteString.copyFrom(body)).build());
        messages.end();

        assertRefused(this::read, "malformed batch");
    }

    @Test
    void a_batch_of_other_columns_than_the_schema_is_refused() {
        messages.add(UploadMessages.schema(new Schema(
                List.of(Field.nullable("a", ArrowType.Utf8.INSTANCE), Field.nullable("b", ArrowType.Utf8.INSTANCE)))));
        messages.add(UploadMessages.batch(1));
        messages.end();

        assertRefused(this::read, "malformed batch");
    }

    @Test
    void what_a_broken_header_describes_is_read_or_refused_and_its_body_freed() throws IOException {
        FlightData batch = UploadMessages.batch(1, 2, 3);
        for (int bit = 0; bit < 8 * batch.getDataHeader().size(); bit++) {
            byte[] header = batch.getDataHeader().toByteArray();
            header[bit / 8] ^= (byte) (1 << (bit % 8));
            FlightDataChannel one = new FlightDataChannel(Duration.ofMillis(100), requested::addAndGet);
            try (UploadedRows rows = new UploadedRows(one, allocator, 1 << 20)) {
                one.add(UploadMessages.schema());
                one.add(batch.toBuilder()
                        .setDataHeader(ByteString.copyFrom(header))
                        .build());
                one.end();
                read(rows.reader());
            } catch (SkyportException refused) {
                assertThat(refused.code()).isEqualTo(ErrorCode.PROTOCOL_VIOLATION);
            }
            assertThat(allocator.getAllocatedMemory()).as("bit %d", bit).isZero();
        }
    }

    @Test
    void the_body_of_a_schema_is_freed() throws IOException {
        FlatBufferBuilder builder = new FlatBufferBuilder();
        int schema = new Schema(List.of(Field.nullable("n", new ArrowType.Int(32, true)))).getSchema(builder);
        ByteString body = ByteString.copyFrom(new byte[8]);
        ByteBuffer header = MessageSerializer.serializeMessage(
                builder, MessageHeader.Schema, schema, body.size(), IpcOption.DEFAULT);
        messages.add(FlightData.newBuilder()
                .setDataHeader(ByteString.copyFrom(header))
                .setDataBody(body)
                .build());
        messages.end();

        assertThat(read()).isEmpty();
    }

    private void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable work, String why) {
        assertThatThrownBy(work)
                .isInstanceOf(SkyportException.class)
                .hasMessageContaining(why)
                .extracting(e -> ((SkyportException) e).code())
                .isEqualTo(ErrorCode.PROTOCOL_VIOLATION);
    }

    private List<Object> read() throws IOException {
        try (UploadedRows rows = new UploadedRows(messages, allocator, 1 << 20)) {
            return read(rows.reader());
        }
    }

    private static List<Object> read(ArrowReader reader) throws IOException {
        List<Object> values = new ArrayList<>();
        while (reader.loadNextBatch()) {
            for (int i = 0; i < reader.getVectorSchemaRoot().getRowCount(); i++) {
                values.add(reader.getVectorSchemaRoot().getVector(0).getObject(i));
            }
        }
        return values;
    }

    @Test
    void a_schema_that_nests_without_end_is_refused_before_anybody_walks_it() {
        Field field = Field.nullable("innermost", new ArrowType.Int(32, true));
        for (int i = 0; i < 300; i++) {
            field = new Field("list", FieldType.nullable(new ArrowType.List()), List.of(field));
        }
        messages.add(UploadMessages.schema(new Schema(List.of(field))));
        messages.end();

        assertThatThrownBy(messages::hasData)
                .isInstanceOfSatisfying(
                        SkyportException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.STATEMENT_TOO_COMPLEX));
    }
}
