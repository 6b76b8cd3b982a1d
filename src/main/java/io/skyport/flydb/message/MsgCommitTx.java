package io.skyport.flydb.message;

import io.netty.buffer.ByteBuf;

/** Commits the open transaction. Answered by {@link MsgTxResult}. What its payload says does not matter. */
public record MsgCommitTx() implements Message {

    @Override
    public MessageType type() {
        return MessageType.COMMIT_TX;
    }

    @Override
    public void writePayload(ByteBuf out, Growth growth) {}
}
