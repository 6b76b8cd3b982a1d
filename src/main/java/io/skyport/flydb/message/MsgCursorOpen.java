package io.skyport.flydb.message;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Opens a cursor over a query. Answered by {@link MsgCursorResult}.
 *
 * @param cursorType 0 forward-only, 1 static, 2 keyset, 3 dynamic
 * @param concurrency 0 read-only, 1 lock, 2 optimistic
 * @param fetchSize rows of a fetch that does not say how many; 0 for the session's
 * @param parameters values of the query's {@code $1}, {@code $2}, ...
 */
public record MsgCursorOpen(
        String query, int cursorType, int concurrency, int fetchSize, List<@Nullable Object> parameters)
        implements JsonMessage {

    private static final int DYNAMIC = 3;
    private static final int OPTIMISTIC = 2;

    public MsgCursorOpen {
        parameters = Collections.unmodifiableList(new ArrayList<>(parameters));
    }

    static MsgCursorOpen read(ByteBuf payload) {
        JsonFields fields = JsonFields.read(MessageType.CURSOR_OPEN, payload);
        return new MsgCursorOpen(
                fields.requiredText("query"),
                fields.integer("cursor_type", 0, DYNAMIC),
                fields.integer("concurrency", 0, OPTIMISTIC),
                fields.integer("fetch_size", 0, Integer.MAX_VALUE),
                fields.values("parameters"));
    }

    @Override
    public MessageType type() {
        return MessageType.CURSOR_OPEN;
    }

    @Override
    public void writeFields(JsonGenerator json) throws IOException {
        json.writeStringField("query", query);
        json.writeNumberField("cursor_type", cursorType);
        json.writeNumberField("concurrency", concurrency);
        json.writeNumberField("fetch_size", fetchSize);
        Json.values(json, "parameters", parameters);
    }
}
