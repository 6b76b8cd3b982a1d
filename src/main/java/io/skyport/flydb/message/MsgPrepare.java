package io.skyport.flydb.message;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import java.io.IOException;

/**
 * Prepares a statement under a name, which may be empty. Answered by {@link MsgPrepareResult}.
 *
 * @param query with parameters {@code $1}, {@code $2}, ...
 */
public record MsgPrepare(String name, String query) implements JsonMessage {

    static MsgPrepare read(ByteBuf payload) {
        JsonFields fields = JsonFields.read(MessageType.PREPARE, payload);
        return new MsgPrepare(fields.text("name"), fields.requiredText("query"));
    }

    @Override
    public MessageType type() {
        return MessageType.PREPARE;
    }

    @Override
    public void writeFields(JsonGenerator json) throws IOException {
        json.writeStringField("name", name);
        json.writeStringField("query", query);
    }
}
