package io.skyport.flydb.message;

import io.netty.buffer.ByteBuf;

/** Asks whether the server is there, at any time. Answered by {@link MsgPong}. */
public record MsgPing() implements Message {

    @Override
    public MessageType type() {
        return MessageType.PING;
    }

    @Override
    public void writePayload(ByteBuf out, Growth growth) {}
}
