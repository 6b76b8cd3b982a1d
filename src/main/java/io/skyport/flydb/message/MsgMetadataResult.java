package io.skyport.flydb.message;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of names.
 *
 * @param rows objects, or arrays in the order of {@code columns}
 */
public record MsgMetadataResult(
        boolean success,
        List<ColumnMetadata> columns,
        Rows rows,
        long rowCount,
        @Nullable String message) implements JsonMessage {

    public MsgMetadataResult {
        columns = List.copyOf(columns);
    }

    static MsgMetadataResult read(ByteBuf payload) {
        JsonFields fields = JsonFields.read(MessageType.METADATA_RESULT, payload);
        Rows rows = RowList.read(fields, "rows");
        return new MsgMetadataResult(
                fields.requiredFlag("success"),
                ColumnMetadata.read(fields.objects("columns")),
                rows == null ? new RowList(List.of()) : rows,
                fields.whole("row_count"),
                fields.optionalText("message"));
    }

    @Override
    public MessageType type() {
        return MessageType.METADATA_RESULT;
    }

    @Override
    public void writeFields(JsonGenerator json) throws IOException {
        json.writeBooleanField("success", success);
        ColumnMetadata.write(json, "columns", columns);
        Rows.Written written = rows.writeField(json);
        json.writeNumberField("row_count", written.count());
        Json.text(json, "message", message);
    }
}
