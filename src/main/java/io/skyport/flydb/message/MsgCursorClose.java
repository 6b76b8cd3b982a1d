package io.skyport.flydb.message;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import java.io.IOException;

/** Closes a cursor. Answered by {@link MsgCursorResult}. */
public record MsgCursorClose(String cursorId) implements JsonMessage {

    static MsgCursorClose read(ByteBuf payload) {
        JsonFields fields = JsonFields.read(MessageType.CURSOR_CLOSE, payload);
        return new MsgCursorClose(fields.requiredText("cursor_id"));
    }

    @Override
    public MessageType type() {
        return MessageType.CURSOR_CLOSE;
    }

    @Override
    public void writeFields(JsonGenerator json) throws IOException {
        json.writeStringField("cursor_id", cursorId);
    }
}
