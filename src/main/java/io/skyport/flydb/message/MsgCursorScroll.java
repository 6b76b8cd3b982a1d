package io.skyport.flydb.message;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import java.io.IOException;

/**
 * Moves a cursor to a row, as a fetch of one row would, and gives no rows. The guide has the type without a payload: this one is
 * {@link MsgCursorFetch}'s without the count. Answered by {@link MsgCursorResult}.
 *
 * @param direction 0 next, 1 prior, 2 first, 3 last, 4 absolute, 5 relative
 */
public record MsgCursorScroll(String cursorId, int direction, long offset) implements JsonMessage {

    static MsgCursorScroll read(ByteBuf payload) {
        JsonFields fields = JsonFields.read(MessageType.CURSOR_SCROLL, payload);
        return new MsgCursorScroll(
                fields.requiredText("cursor_id"),
                fields.integer("direction", 0, MsgCursorFetch.RELATIVE),
                fields.whole("offset"));
    }

    @Override
    public MessageType type() {
        return MessageType.CURSOR_SCROLL;
    }

    @Override
    public void writeFields(JsonGenerator json) throws IOException {
        json.writeStringField("cursor_id", cursorId);
        json.writeNumberField("direction", direction);
        json.writeNumberField("offset", offset);
    }
}
