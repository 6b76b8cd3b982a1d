package io.skyport.flydb.message;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the session is, or which databases there are.
 *
 * @param sqlstate of what was refused, else null
 */
public record MsgDatabaseResult(
        boolean success,
        @Nullable String database,
        List<String> databases,
        @Nullable String message,
        @Nullable String sqlstate)
        implements JsonMessage {

    public MsgDatabaseResult {
        databases = List.copyOf(databases);
    }

    static MsgDatabaseResult read(ByteBuf payload) {
        JsonFields fields = JsonFields.read(MessageType.DATABASE_RESULT, payload);
        return new MsgDatabaseResult(
                fields.requiredFlag("success"),
                fields.optionalText("database"),
                fields.texts("databases"),
                fields.optionalText("message"),
                fields.optionalText("sqlstate"));
    }

    @Override
    public MessageType type() {
        return MessageType.DATABASE_RESULT;
    }

    @Override
    public void writeFields(JsonGenerator json) throws IOException {
        json.writeBooleanField("success", success);
        Json.text(json, "database", database);
        Json.texts(json, "databases", databases);
        Json.text(json, "message", message);
        Json.text(json, "sqlstate", sqlstate);
    }
}
