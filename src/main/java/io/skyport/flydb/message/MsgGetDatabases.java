package io.skyport.flydb.message;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import java.io.IOException;

/**
 * Asks which databases there are. Answered by {@link MsgDatabaseResult}.
 *
 * @param pattern in which % stands for any characters; empty for all
 */
public record MsgGetDatabases(String pattern) implements JsonMessage {

    static MsgGetDatabases read(ByteBuf payload) {
        JsonFields fields = JsonFields.read(MessageType.GET_DATABASES, payload);
        return new MsgGetDatabases(fields.text("pattern"));
    }

    @Override
    public MessageType type() {
        return MessageType.GET_DATABASES;
    }

    @Override
    public void writeFields(JsonGenerator json) throws IOException {
        Json.text(json, "pattern", pattern);
    }
}
