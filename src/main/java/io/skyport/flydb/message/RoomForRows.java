package io.skyport.flydb.message;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/**
 * Lets rows be written into a message as long as a frame has room for them, and takes back the one that is too long. While it is
 * open nothing fails for want of room.
 */
public final class RoomForRows implements AutoCloseable {

    /** Bytes of the fields that follow the rows, at most. */
    private static final int FIELDS_BEHIND = 1024;

    private final JsonGenerator json;
    private final PayloadStream payload;
    private long end;

    private RoomForRows(JsonGenerator json, PayloadStream payload) {
        this.json = json;
        this.payload = payload;
        this.end = written();
        payload.cutting(true);
    }

    /** What is left in the frame that {@code json} writes, as {@link Frames} made it. */
    public static RoomForRows in(JsonGenerator json) {
        return new RoomForRows(json, (PayloadStream) json.getOutputTarget());
    }

    /** Whether the row that was written last is in the message. If it is not, it was the last one to be written. */
    public boolean holds() throws IOException {
        if (written() <= FrameHeader.MAX_LENGTH - FIELDS_BEHIND) {
            end = written();
            return true;
        }
        json.flush();
        payload.cutTo(end);
        return false;
    }

    private long written() {
        return payload.written() + json.getOutputBuffered();
    }

    @Override
    public void close() {
        payload.cutting(false);
    }
}
