package io.skyport.flydb.message;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.List;

/**
 * What was prepared.
 *
 * @param paramTypes the SQL types of the parameters
 */
public record MsgPrepareResult(boolean success, String name, int paramCount, List<String> paramTypes)
        implements JsonMessage {

    public MsgPrepareResult {
        paramTypes = List.copyOf(paramTypes);
    }

    static MsgPrepareResult read(ByteBuf payload) {
        JsonFields fields = JsonFields.read(MessageType.PREPARE_RESULT, payload);
        return new MsgPrepareResult(
                fields.requiredFlag("success"),
                fields.text("name"),
                fields.integer("param_count"),
                fields.texts("param_types"));
    }

    @Override
    public MessageType type() {
        return MessageType.PREPARE_RESULT;
    }

    @Override
    public void writeFields(JsonGenerator json) throws IOException {
        json.writeBooleanField("success", success);
        json.writeStringField("name", name);
        json.writeNumberField("param_count", paramCount);
        Json.texts(json, "param_types", paramTypes);
    }
}
