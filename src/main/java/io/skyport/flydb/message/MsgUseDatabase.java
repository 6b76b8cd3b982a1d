package io.skyport.flydb.message;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import java.io.IOException;

/**
 * Goes to another database. Answered by {@link MsgDatabaseResult}.
 *
 * @param database empty for the one that is there always
 */
public record MsgUseDatabase(String database) implements JsonMessage {

    static MsgUseDatabase read(ByteBuf payload) {
        JsonFields fields = JsonFields.read(MessageType.USE_DATABASE, payload);
        return new MsgUseDatabase(fields.text("database"));
    }

    @Override
    public MessageType type() {
        return MessageType.USE_DATABASE;
    }

    @Override
    public void writeFields(JsonGenerator json) throws IOException {
        json.writeStringField("database", database);
    }
}
