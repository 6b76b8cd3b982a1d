package io.skyport.flydb.message;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the session and the server.
 *
 * @param option the option that was asked for or set, else null
 * @param info the server, if it was asked for, else null
 * @param sqlstate of what was refused, else null
 */
public record MsgSessionResult(
        boolean success,
        @Nullable String option,
        @Nullable Object value,
        @Nullable ServerInfo info,
        @Nullable String message,
        @Nullable String sqlstate)
        implements JsonMessage {

    static MsgSessionResult read(ByteBuf payload) {
        JsonFields fields = JsonFields.read(MessageType.SESSION_RESULT, payload);
        return new MsgSessionResult(
                fields.requiredFlag("success"),
                fields.optionalText("option"),
                fields.value("value"),
                ServerInfo.read(fields),
                fields.optionalText("message"),
                fields.optionalText("sqlstate"));
    }

    @Override
    public MessageType type() {
        return MessageType.SESSION_RESULT;
    }

    @Override
    public void writeFields(JsonGenerator json) throws IOException {
        json.writeBooleanField("success", success);
        Json.text(json, "option", option);
        if (value != null) {
            json.writeFieldName("value");
            Json.value(json, value);
        }
        if (info != null) {
            info.writeFields(json);
        }
        Json.text(json, "message", message);
        Json.text(json, "sqlstate", sqlstate);
    }
}
