package io.skyport.flydb.server;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a frame.
 *
 * @param bytes a frame, which whoever writes it releases; null for none, which ends the connection
 * @param last whether the connection ends with it
 * @param memory what it takes, to be released once it is written
 */
record Answer(@Nullable ByteBuf bytes, boolean last, ReplyMemory.Share memory) {

    static final Answer NONE = new Answer(null, true, ReplyMemory.Share.NONE);

    void release() {
        if (bytes != null) {
            bytes.release();
        }
        memory.release();
    }
}
