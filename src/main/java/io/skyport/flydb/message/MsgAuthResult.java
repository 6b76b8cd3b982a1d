package io.skyport.flydb.message;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Whether the server knows who is there.
 *
 * @param database where the session begins; null if it was refused; the binary layout does not have it
 * @param binary whether the payload is the guide's binary layout, and not JSON
 */
public record MsgAuthResult(
        boolean success, String message, @Nullable String database, boolean binary) implements JsonMessage {

    private static final int LAST_FLAG = 1;

    static MsgAuthResult read(ByteBuf payload) {
        if (payload.isReadable() && payload.getUnsignedByte(payload.readerIndex()) <= LAST_FLAG) {
            BinaryFields fields = new BinaryFields(MessageType.AUTH_RESULT, payload);
            MsgAuthResult result = new MsgAuthResult(fields.flag(), fields.text(), null, true);
            fields.requireEnd();
            return result;
        }
        JsonFields fields = JsonFields.read(MessageType.AUTH_RESULT, payload);
        return new MsgAuthResult(
                fields.requiredFlag("success"), fields.text("message"), fields.optionalText("database"), false);
    }

    @Override
    public MessageType type() {
        return MessageType.AUTH_RESULT;
    }

    @Override
    public void writePayload(ByteBuf out, Growth growth) {
        if (binary) {
            BinaryFields.flag(out, success);
            BinaryFields.text(out, message);
        } else {
            Json.write(this, out, growth);
        }
    }

    @Override
    public void writeFields(JsonGenerator json) throws IOException {
        json.writeBooleanField("success", success);
        Json.text(json, "message", message);
        Json.text(json, "database", database);
    }
}
