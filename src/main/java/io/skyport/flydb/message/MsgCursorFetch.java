package io.skyport.flydb.message;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import java.io.IOException;

/**
 * Fetches rows from a cursor. Answered by {@link MsgCursorResult}.
 *
 * @param direction 0 next, 1 prior, 2 first, 3 last, 4 absolute, 5 relative
 * @param offset of absolute, the number of the first row, or from the end if negative; of relative, how far it is
 * @param count at most so many rows; 0 for the cursor's fetch size
 */
public record MsgCursorFetch(String cursorId, int direction, long offset, int count) implements JsonMessage {

    static final int RELATIVE = 5;

    static MsgCursorFetch read(ByteBuf payload) {
        JsonFields fields = JsonFields.read(MessageType.CURSOR_FETCH, payload);
        return new MsgCursorFetch(
                fields.requiredText("cursor_id"),
                fields.integer("direction", 0, RELATIVE),
                fields.whole("offset"),
                fields.integer("count", 0, Integer.MAX_VALUE));
    }

    @Override
    public MessageType type() {
        return MessageType.CURSOR_FETCH;
    }

    @Override
    public void writeFields(JsonGenerator json) throws IOException {
        json.writeStringField("cursor_id", cursorId);
        json.writeNumberField("direction", direction);
        json.writeNumberField("offset", offset);
        json.writeNumberField("count", count);
    }
}
