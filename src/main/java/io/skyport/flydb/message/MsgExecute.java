package io.skyport.flydb.message;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Executes what was prepared. Answered by {@link MsgQueryResult}.
 *
 * @param params values of the parameters in their order: texts, numbers, booleans, nulls, lists and maps of such
 */
public record MsgExecute(String name, List<@Nullable Object> params) implements JsonMessage {

    public MsgExecute {
        params = Collections.unmodifiableList(new ArrayList<>(params));
    }

    static MsgExecute read(ByteBuf payload) {
        JsonFields fields = JsonFields.read(MessageType.EXECUTE, payload);
        return new MsgExecute(fields.text("name"), fields.values("params"));
    }

    @Override
    public MessageType type() {
        return MessageType.EXECUTE;
    }

    @Override
    public void writeFields(JsonGenerator json) throws IOException {
        json.writeStringField("name", name);
        Json.values(json, "params", params);
    }
}
