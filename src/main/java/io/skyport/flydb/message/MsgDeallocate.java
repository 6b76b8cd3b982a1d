package io.skyport.flydb.message;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import java.io.IOException;

/** Forgets what was prepared. Answered by {@link MsgQueryResult}. */
public record MsgDeallocate(String name) implements JsonMessage {

    static MsgDeallocate read(ByteBuf payload) {
        JsonFields fields = JsonFields.read(MessageType.DEALLOCATE, payload);
        return new MsgDeallocate(fields.text("name"));
    }

    @Override
    public MessageType type() {
        return MessageType.DEALLOCATE;
    }

    @Override
    public void writeFields(JsonGenerator json) throws IOException {
        json.writeStringField("name", name);
    }
}
