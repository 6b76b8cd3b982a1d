package io.skyport.flydb.message;

import io.netty.buffer.ByteBuf;

/** Asks for the server. Answered by {@link MsgSessionResult}. What its payload says does not matter. */
public record MsgGetServerInfo() implements Message {

    @Override
    public MessageType type() {
        return MessageType.GET_SERVER_INFO;
    }

    @Override
    public void writePayload(ByteBuf out, Growth growth) {}
}
