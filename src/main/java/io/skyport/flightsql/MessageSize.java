package io.skyport.flightsql;

import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TypeLayout;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * What a batch takes as a Flight message, at most: its buffers, padded, and their description, which for thousands of columns
 * is more than the values of a few rows.
 */
final class MessageSize {

    /** Of a flatbuffer and protobuf message without any column. */
    private static final int EMPTY_MESSAGE = 256;

    /** {@code FieldNode} of Arrow's Message.fbs: length and null count. */
    private static final int FIELD_NODE = 16;

    /** {@code Buffer} of Arrow's Schema.fbs, padding to eight bytes, and the length before a compressed one. */
    private static final int BUFFER_AND_PADDING = 16 + 7 + 8;

    private final long description;

    MessageSize(Schema schema) {
        this.description = EMPTY_MESSAGE + description(schema.getFields());
    }

    private static long description(List<Field> fields) {
        long bytes = 0;
        for (Field field : fields) {
            bytes += FIELD_NODE + (long) BUFFER_AND_PADDING * TypeLayout.getTypeBufferCount(field.getType());
            bytes += description(field.getChildren());
        }
        return bytes;
    }

    /** Bytes of a batch of the schema. */
    long of(VectorSchemaRoot batch) {
        long bytes = description;
        for (FieldVector vector : batch.getFieldVectors()) {
            bytes += vector.getBufferSize();
        }
        return bytes;
    }
}
