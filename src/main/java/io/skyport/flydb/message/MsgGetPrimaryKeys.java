package io.skyport.flydb.message;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import java.io.IOException;

/**
 * Asks for: a table's primary key. Answered by {@link MsgMetadataResult}.
 */
public record MsgGetPrimaryKeys(String catalog, String schema, String tableName) implements JsonMessage {

    static MsgGetPrimaryKeys read(ByteBuf payload) {
        JsonFields fields = JsonFields.read(MessageType.GET_PRIMARY_KEYS, payload);
        return new MsgGetPrimaryKeys(fields.text("catalog"), fields.text("schema"), fields.text("table_name"));
    }

    @Override
    public MessageType type() {
        return MessageType.GET_PRIMARY_KEYS;
    }

    @Override
    public void writeFields(JsonGenerator json) throws IOException {
        Json.text(json, "catalog", catalog);
        Json.text(json, "schema", schema);
        Json.text(json, "table_name", tableName);
    }
}
