package io.skyport.flydb.message;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a statement gave. FlyDB's own tools read {@code columns} and {@code rows} as arrays of texts and of arrays, so that what else
 * is known of the columns has a field of its own.
 *
 * @param message one line, or for consoles the whole result as text
 * @param rows null if the statement gives none
 * @param rowCount of these rows, or of rows that were changed
 */
public record MsgQueryResult(
        boolean success,
        @Nullable String message,
        List<String> columns,
        List<ColumnMetadata> columnMetadata,
        @Nullable Rows rows,
        long rowCount)
        implements JsonMessage {

    public MsgQueryResult {
        columns = List.copyOf(columns);
        columnMetadata = List.copyOf(columnMetadata);
    }

    /** A result without rows. */
    public MsgQueryResult(String message, long rowCount) {
        this(true, message, List.of(), List.of(), null, rowCount);
    }

    static MsgQueryResult read(ByteBuf payload) {
        JsonFields fields = JsonFields.read(MessageType.QUERY_RESULT, payload);
        return new MsgQueryResult(
                fields.requiredFlag("success"),
                fields.optionalText("message"),
                fields.texts("columns"),
                ColumnMetadata.read(fields.objects("column_metadata")),
                RowList.read(fields, "rows"),
                fields.whole("row_count"));
    }

    @Override
    public MessageType type() {
        return MessageType.QUERY_RESULT;
    }

    @Override
    public void writeFields(JsonGenerator json) throws IOException {
        json.writeBooleanField("success", success);
        Json.texts(json, "columns", columns);
        ColumnMetadata.write(json, "column_metadata", columnMetadata);
        Rows.Written written = rows == null ? new Rows.Written(rowCount, null) : rows.writeField(json);
        json.writeNumberField("row_count", written.count());
        Json.text(json, "message", written.message() == null ? message : written.message());
    }
}
