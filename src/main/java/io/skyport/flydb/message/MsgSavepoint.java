package io.skyport.flydb.message;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import java.io.IOException;

/**
 * Marks a place in the open transaction, or forgets it; going back to it is SQL's. Answered by {@link MsgTxResult}.
 *
 * @param release whether it is forgotten
 */
public record MsgSavepoint(String name, boolean release) implements JsonMessage {

    static MsgSavepoint read(ByteBuf payload) {
        JsonFields fields = JsonFields.read(MessageType.SAVEPOINT, payload);
        return new MsgSavepoint(fields.requiredText("name"), fields.flag("release"));
    }

    @Override
    public MessageType type() {
        return MessageType.SAVEPOINT;
    }

    @Override
    public void writeFields(JsonGenerator json) throws IOException {
        json.writeStringField("name", name);
        json.writeBooleanField("release", release);
    }
}
