package io.skyport.flydb.message;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import java.io.IOException;

/** Executes a statement. Answered by {@link MsgQueryResult}. */
public record MsgQuery(String query) implements JsonMessage {

    static MsgQuery read(ByteBuf payload) {
        JsonFields fields = JsonFields.read(MessageType.QUERY, payload);
        return new MsgQuery(fields.requiredText("query"));
    }

    @Override
    public MessageType type() {
        return MessageType.QUERY;
    }

    @Override
    public void writeFields(JsonGenerator json) throws IOException {
        json.writeStringField("query", query);
    }
}
