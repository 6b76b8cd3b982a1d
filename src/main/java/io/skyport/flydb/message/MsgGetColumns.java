package io.skyport.flydb.message;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import java.io.IOException;

/**
 * Asks for: columns of tables and views. Answered by {@link MsgMetadataResult}.
 *
 * @param tableName a pattern, in which % stands for any characters; empty for all
 * @param columnName such a pattern
 */
public record MsgGetColumns(String catalog, String schema, String tableName, String columnName) implements JsonMessage {

    static MsgGetColumns read(ByteBuf payload) {
        JsonFields fields = JsonFields.read(MessageType.GET_COLUMNS, payload);
        return new MsgGetColumns(
                fields.text("catalog"), fields.text("schema"), fields.text("table_name"), fields.text("column_name"));
    }

    @Override
    public MessageType type() {
        return MessageType.GET_COLUMNS;
    }

    @Override
    public void writeFields(JsonGenerator json) throws IOException {
        Json.text(json, "catalog", catalog);
        Json.text(json, "schema", schema);
        Json.text(json, "table_name", tableName);
        Json.text(json, "column_name", columnName);
    }
}
