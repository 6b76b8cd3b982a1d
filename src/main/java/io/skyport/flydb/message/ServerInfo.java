package io.skyport.flydb.message;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server, and the session that asks.
 *
 * @param maxStatementLength bytes; sent by the guide's name and by that of FlyDB's own server
 */
public record ServerInfo(
        String sessionId,
        String serverVersion,
        int protocolVersion,
        String database,
        String username,
        boolean readOnly,
        boolean autoCommit,
        int isolationLevel,
        long maxStatementLength,
        List<String> capabilities) {

    public ServerInfo {
        capabilities = List.copyOf(capabilities);
    }

    /** Null if there is none among the fields. */
    static @Nullable ServerInfo read(JsonFields fields) {
        if (fields.optionalText("server_version") == null) {
            return null;
        }
        return new ServerInfo(
                fields.text("session_id"),
                fields.text("server_version"),
                fields.integer("protocol_version"),
                fields.text("database"),
                fields.text("username"),
                fields.flag("read_only"),
                fields.flag("auto_commit"),
                fields.integer("isolation_level"),
                fields.whole("max_statement_length"),
                fields.texts("capabilities"));
    }

    void writeFields(JsonGenerator json) throws IOException {
        json.writeStringField("session_id", sessionId);
        json.writeStringField("server_version", serverVersion);
        json.writeNumberField("protocol_version", protocolVersion);
        json.writeStringField("database", database);
        json.writeStringField("username", username);
        json.writeBooleanField("read_only", readOnly);
        json.writeBooleanField("auto_commit", autoCommit);
        json.writeNumberField("isolation_level", isolationLevel);
        json.writeNumberField("max_statement_length", maxStatementLength);
        json.writeNumberField("max_statement_len", maxStatementLength);
        Json.texts(json, "capabilities", capabilities);
    }
}
