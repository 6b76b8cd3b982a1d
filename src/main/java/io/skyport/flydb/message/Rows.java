package io.skyport.flydb.message;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Rows of a message, which may come from where they cannot be counted before they are written. */
public interface Rows {

    /** Writes each row, as a value of its own, into the array that is open. */
    Written writeTo(JsonGenerator json) throws IOException;

    /** Writes them as the field {@code rows}. */
    default Written writeField(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("rows");
        Written written = writeTo(json);
        json.writeEndArray();
        return written;
    }

    /**
     * What is known once they are written.
     *
     * @param message what the message with them says; null for what it would say anyway
     * @param cut whether there are more, for which the message had no room
     */
    record Written(long count, @Nullable String message, boolean cut) {

        /** All of them. */
        public Written(long count, @Nullable String message) {
            this(count, message, false);
        }
    }
}
