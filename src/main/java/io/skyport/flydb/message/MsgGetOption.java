package io.skyport.flydb.message;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import java.io.IOException;

/** Asks for an option of the session. Answered by {@link MsgSessionResult}. */
public record MsgGetOption(String option) implements JsonMessage {

    static MsgGetOption read(ByteBuf payload) {
        JsonFields fields = JsonFields.read(MessageType.GET_OPTION, payload);
        return new MsgGetOption(fields.requiredText("option"));
    }

    @Override
    public MessageType type() {
        return MessageType.GET_OPTION;
    }

    @Override
    public void writeFields(JsonGenerator json) throws IOException {
        json.writeStringField("option", option);
    }
}
