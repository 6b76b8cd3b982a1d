package io.skyport.flydb.message;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import java.io.IOException;

/**
 * Asks for: a table's indexes. Answered by {@link MsgMetadataResult}.
 *
 * @param unique whether only those are wanted that let no value in twice
 */
public record MsgGetIndexes(String catalog, String schema, String tableName, boolean unique) implements JsonMessage {

    static MsgGetIndexes read(ByteBuf payload) {
        JsonFields fields = JsonFields.read(MessageType.GET_INDEXES, payload);
        return new MsgGetIndexes(
                fields.text("catalog"), fields.text("schema"), fields.text("table_name"), fields.flag("unique"));
    }

    @Override
    public MessageType type() {
        return MessageType.GET_INDEXES;
    }

    @Override
    public void writeFields(JsonGenerator json) throws IOException {
        Json.text(json, "catalog", catalog);
        Json.text(json, "schema", schema);
        Json.text(json, "table_name", tableName);
        json.writeBooleanField("unique", unique);
    }
}
