package io.skyport.flydb.message;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import java.io.IOException;

/**
 * The answer to what failed (FlyDB driver guide, "Error Response Format").
 *
 * @param code 400 malformed or out of place, 401 not authenticated, 403 not allowed, 404 not found, 500 failed, 501 not supported
 * @param sqlstate five characters
 */
public record MsgError(int code, String message, String sqlstate) implements JsonMessage {

    static MsgError read(ByteBuf payload) {
        JsonFields fields = JsonFields.read(MessageType.ERROR, payload);
        return new MsgError(fields.integer("code"), fields.text("message"), fields.text("sqlstate"));
    }

    @Override
    public MessageType type() {
        return MessageType.ERROR;
    }

    @Override
    public void writeFields(JsonGenerator json) throws IOException {
        json.writeNumberField("code", code);
        json.writeStringField("message", message);
        Json.text(json, "sqlstate", sqlstate);
    }
}
