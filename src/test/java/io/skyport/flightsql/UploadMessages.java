package io.skyport.flightsql;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flight.impl.Flight.FlightData;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.ReadChannel;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.ipc.message.MessageMetadataResult;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Flight messages as clients upload them. */
final class UploadMessages {

    private static final Schema NUMBERS = new Schema(List.of(Field.nullable("n", new ArrowType.Int(32, true))));

    private UploadMessages() {}

    static FlightData schema() {
        return schema(NUMBERS);
    }

    static FlightData schema(Schema schema) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            MessageSerializer.serialize(new WriteChannel(Channels.newChannel(bytes)), schema, IpcOption.DEFAULT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return split(bytes.toByteArray());
    }

    static FlightData emptyBatch() {
        return batch();
    }

    /** A batch of one INTEGER column. */
    static FlightData batch(int... numbers) {
        return batch(NUMBERS, numbers.length, vector -> {
            for (int i = 0; i < numbers.length; i++) {
                ((IntVector) vector).setSafe(i, numbers[i]);
            }
        });
    }

    /** A batch of one VARCHAR column. */
    static FlightData texts(String... texts) {
        return batch(new Schema(List.of(Field.nullable("t", ArrowType.Utf8.INSTANCE))), texts.length, vector -> {
            for (int i = 0; i < texts.length; i++) {
                ((VarCharVector) vector).setSafe(i, texts[i].getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    private static FlightData batch(Schema schema, int rows, Consumer<FieldVector> values) {
        try (BufferAllocator allocator = new RootAllocator();
                VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator)) {
            values.accept(root.getVector(0));
            root.setRowCount(rows);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ArrowRecordBatch batch = new VectorUnloader(root).getRecordBatch()) {
                MessageSerializer.serialize(new WriteChannel(Channels.newChannel(bytes)), batch);
            }
            return split(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes an IPC message apart, as Flight sends it. */
    private static FlightData split(byte[] encapsulated) {
        try {
            ReadChannel channel = new ReadChannel(Channels.newChannel(new java.io.ByteArrayInputStream(encapsulated)));
            MessageMetadataResult header = MessageSerializer.readMessage(channel);
            int headerStart = 8;
            int headerEnd = headerStart + header.getMessageLength();
            int bodyLength =
                    header.getMessage().headerType() == MessageHeader.Schema ? 0 : (int) header.getMessageBodyLength();
            return FlightData.newBuilder()
                    .setDataHeader(ByteString.copyFrom(encapsulated, headerStart, header.getMessageLength()))
                    .setDataBody(ByteString.copyFrom(encapsulated, headerEnd, bodyLength))
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
