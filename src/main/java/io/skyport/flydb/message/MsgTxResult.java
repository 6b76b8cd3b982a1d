package io.skyport.flydb.message;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What became of a transaction. */
public record MsgTxResult(
        boolean success,
        @Nullable String transactionId,
        @Nullable String message) implements JsonMessage {

    static MsgTxResult read(ByteBuf payload) {
        JsonFields fields = JsonFields.read(MessageType.TX_RESULT, payload);
        return new MsgTxResult(
                fields.requiredFlag("success"), fields.optionalText("transaction_id"), fields.optionalText("message"));
    }

    @Override
    public MessageType type() {
        return MessageType.TX_RESULT;
    }

    @Override
    public void writeFields(JsonGenerator json) throws IOException {
        json.writeBooleanField("success", success);
        Json.text(json, "transaction_id", transactionId);
        Json.text(json, "message", message);
    }
}
