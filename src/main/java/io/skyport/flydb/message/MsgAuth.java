package io.skyport.flydb.message;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Says who is there (FlyDB driver guide, "Authenticate" and "Authentication with Database"). Answered by {@link MsgAuthResult} in the
 * same encoding.
 *
 * @param database where to begin; null for the one that is there always
 * @param binary whether the payload is the guide's binary layout, which may have the database as a third text, and not JSON
 */
public record MsgAuth(
        String username, String password, @Nullable String database, boolean binary) implements JsonMessage {

    static MsgAuth read(ByteBuf payload) {
        if (isBinary(payload)) {
            return readBinary(new BinaryFields(MessageType.AUTH, payload));
        }
        JsonFields fields = JsonFields.read(MessageType.AUTH, payload);
        return new MsgAuth(
                fields.requiredText("username"),
                fields.requiredText("password"),
                fields.optionalText("database"),
                false);
    }

    /** The high byte of a name's length is 0; JSON never begins with it, unless its own length stands before it. */
    private static boolean isBinary(ByteBuf payload) {
        int start = payload.readerIndex();
        if (!payload.isReadable() || payload.getByte(start) != 0) {
            return false;
        }
        boolean json = payload.readableBytes() > Integer.BYTES
                && payload.getUnsignedInt(start) == payload.readableBytes() - Integer.BYTES
                && payload.getByte(start + Integer.BYTES) == '{';
        return !json;
    }

    private static MsgAuth readBinary(BinaryFields fields) {
        String username = fields.text();
        String password = fields.text();
        String database = fields.hasMore() ? fields.text() : null;
        fields.requireEnd();
        return new MsgAuth(username, password, database, true);
    }

    @Override
    public MessageType type() {
        return MessageType.AUTH;
    }

    @Override
    public void writePayload(ByteBuf out, Growth growth) {
        if (!binary) {
            Json.write(this, out, growth);
            return;
        }
        BinaryFields.text(out, username);
        BinaryFields.text(out, password);
        if (database != null) {
            BinaryFields.text(out, database);
        }
    }

    @Override
    public void writeFields(JsonGenerator json) throws IOException {
        json.writeStringField("username", username);
        json.writeStringField("password", password);
        Json.text(json, "database", database);
    }

    @Override
    public String toString() {
        return "MsgAuth[username=" + username + ", database=" + database + ", binary=" + binary + "]";
    }
}
