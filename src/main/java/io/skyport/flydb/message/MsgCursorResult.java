package io.skyport.flydb.message;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a cursor message did.
 *
 * @param columns of an opened cursor, else none
 * @param rows of a fetch, else null
 * @param position number of the first of these rows, counted from 1; 0 before the first row
 * @param totalRows -1 if nobody knows
 */
public record MsgCursorResult(
        boolean success,
        String cursorId,
        List<ColumnMetadata> columns,
        @Nullable Rows rows,
        long rowCount,
        boolean hasMoreRows,
        long position,
        long totalRows,
        @Nullable String message)
        implements JsonMessage {

    public MsgCursorResult {
        columns = List.copyOf(columns);
    }

    static MsgCursorResult read(ByteBuf payload) {
        JsonFields fields = JsonFields.read(MessageType.CURSOR_RESULT, payload);
        return new MsgCursorResult(
                fields.requiredFlag("success"),
                fields.text("cursor_id"),
                ColumnMetadata.read(fields.objects("columns")),
                RowList.read(fields, "rows"),
                fields.whole("row_count"),
                fields.flag("has_more_rows"),
                fields.whole("position"),
                fields.whole("total_rows"),
                fields.optionalText("message"));
    }

    @Override
    public MessageType type() {
        return MessageType.CURSOR_RESULT;
    }

    @Override
    public void writeFields(JsonGenerator json) throws IOException {
        json.writeBooleanField("success", success);
        Json.text(json, "cursor_id", cursorId);
        ColumnMetadata.write(json, "columns", columns);
        Rows.Written written = rows == null ? new Rows.Written(rowCount, null) : rows.writeField(json);
        json.writeNumberField("row_count", written.count());
        json.writeBooleanField("has_more_rows", hasMoreRows || written.cut());
        json.writeNumberField("position", position);
        json.writeNumberField("total_rows", totalRows);
        Json.text(json, "message", message);
    }
}
