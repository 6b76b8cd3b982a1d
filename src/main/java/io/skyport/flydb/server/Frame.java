package io.skyport.flydb.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.skyport.error.SkyportException;
import io.skyport.flydb.message.FrameHeader;
import io.skyport.flydb.message.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * What a client sent: a header with its payload, or what broke the protocol, after which nothing can be read.
 *
 * @param payload to be released
 */
record Frame(FrameHeader header, ByteBuf payload, @Nullable SkyportException broken) {

    Frame(FrameHeader header, ByteBuf payload) {
        this(header, payload, null);
    }

    static Frame broken(SkyportException failure) {
        return new Frame(new FrameHeader(0, 0, 0), Unpooled.EMPTY_BUFFER, failure);
    }

    boolean is(MessageType type) {
        return broken == null && header.type() == type.code();
    }

    /** Bytes, header and all. */
    int length() {
        return FrameHeader.BYTES + payload.readableBytes();
    }

    void release() {
        payload.release();
    }
}
