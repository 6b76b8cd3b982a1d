package io.skyport.flydb.message;

import io.netty.buffer.ByteBuf;

/** The server is there. */
public record MsgPong() implements Message {

    @Override
    public MessageType type() {
        return MessageType.PONG;
    }

    @Override
    public void writePayload(ByteBuf out, Growth growth) {}
}
