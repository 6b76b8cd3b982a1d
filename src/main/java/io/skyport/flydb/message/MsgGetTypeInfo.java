package io.skyport.flydb.message;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import java.io.IOException;

/**
 * Asks for the types that columns may have. Answered by {@link MsgMetadataResult}.
 *
 * @param dataType the code of the types wanted; 0 for all
 */
public record MsgGetTypeInfo(int dataType) implements JsonMessage {

    static MsgGetTypeInfo read(ByteBuf payload) {
        JsonFields fields = JsonFields.read(MessageType.GET_TYPE_INFO, payload);
        return new MsgGetTypeInfo(fields.integer("data_type"));
    }

    @Override
    public MessageType type() {
        return MessageType.GET_TYPE_INFO;
    }

    @Override
    public void writeFields(JsonGenerator json) throws IOException {
        if (dataType != 0) {
            json.writeNumberField("data_type", dataType);
        }
    }
}
