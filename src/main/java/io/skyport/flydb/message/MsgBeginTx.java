package io.skyport.flydb.message;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Begins a transaction. Answered by {@link MsgTxResult}.
 *
 * @param isolationLevel 0 read uncommitted, 1 read committed, 2 repeatable read, 3 serializable; null for the session's
 * @param readOnly null for the session's
 * @param deferrable whether it may wait for a moment when it cannot fail; nothing waits here
 */
public record MsgBeginTx(
        @Nullable Integer isolationLevel, @Nullable Boolean readOnly, boolean deferrable) implements JsonMessage {

    private static final int SERIALIZABLE = 3;

    static MsgBeginTx read(ByteBuf payload) {
        JsonFields fields = JsonFields.read(MessageType.BEGIN_TX, payload);
        return new MsgBeginTx(
                fields.optionalInteger("isolation_level", 0, SERIALIZABLE),
                fields.optionalFlag("read_only"),
                fields.flag("deferrable"));
    }

    @Override
    public MessageType type() {
        return MessageType.BEGIN_TX;
    }

    @Override
    public void writeFields(JsonGenerator json) throws IOException {
        if (isolationLevel != null) {
            json.writeNumberField("isolation_level", isolationLevel);
        }
        if (readOnly != null) {
            json.writeBooleanField("read_only", readOnly);
        }
        json.writeBooleanField("deferrable", deferrable);
    }
}
