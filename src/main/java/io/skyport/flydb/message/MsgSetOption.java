package io.skyport.flydb.message;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Sets an option of the session. Answered by {@link MsgSessionResult}.
 *
 * @param value null for what a new session has
 */
public record MsgSetOption(String option, @Nullable Object value) implements JsonMessage {

    static MsgSetOption read(ByteBuf payload) {
        JsonFields fields = JsonFields.read(MessageType.SET_OPTION, payload);
        return new MsgSetOption(fields.requiredText("option"), fields.value("value"));
    }

    @Override
    public MessageType type() {
        return MessageType.SET_OPTION;
    }

    @Override
    public void writeFields(JsonGenerator json) throws IOException {
        json.writeStringField("option", option);
        json.writeFieldName("value");
        Json.value(json, value);
    }
}
