package io.skyport.flydb.message;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.List;

/**
 * Asks for: tables and views. Answered by {@link MsgMetadataResult}.
 *
 * @param tableName a pattern, in which % stands for any characters; empty for all
 * @param tableTypes the kinds wanted; none for all
 */
public record MsgGetTables(String catalog, String schema, String tableName, List<String> tableTypes)
        implements JsonMessage {

    public MsgGetTables {
        tableTypes = List.copyOf(tableTypes);
    }

    static MsgGetTables read(ByteBuf payload) {
        JsonFields fields = JsonFields.read(MessageType.GET_TABLES, payload);
        return new MsgGetTables(
                fields.text("catalog"), fields.text("schema"), fields.text("table_name"), fields.texts("table_types"));
    }

    @Override
    public MessageType type() {
        return MessageType.GET_TABLES;
    }

    @Override
    public void writeFields(JsonGenerator json) throws IOException {
        Json.text(json, "catalog", catalog);
        Json.text(json, "schema", schema);
        Json.text(json, "table_name", tableName);
        Json.texts(json, "table_types", tableTypes);
    }
}
