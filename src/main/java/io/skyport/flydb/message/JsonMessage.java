package io.skyport.flydb.message;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import java.io.IOException;

/** A message whose payload is one JSON object (FlyDB driver guide, "JSON Encoding"), in UTF-8 and without a length of its own. */
interface JsonMessage extends Message {

    /** Writes the fields into the object that is open. Fields that say nothing are left out. */
    void writeFields(JsonGenerator json) throws IOException;

    @Override
    default void writePayload(ByteBuf out, Growth growth) {
        Json.write(this, out, growth);
    }
}
