package io.skyport.flydb.message;

import io.netty.buffer.ByteBuf;

/** Rolls the open transaction back. Answered by {@link MsgTxResult}. What its payload says does not matter. */
public record MsgRollbackTx() implements Message {

    @Override
    public MessageType type() {
        return MessageType.ROLLBACK_TX;
    }

    @Override
    public void writePayload(ByteBuf out, Growth growth) {}
}
