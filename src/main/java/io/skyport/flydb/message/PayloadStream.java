package io.skyport.flydb.message;

import io.netty.buffer.ByteBuf;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.io.OutputStream;

/** Appends to a frame's buffer until the payload is as long as it may be. */
final class PayloadStream extends OutputStream {

    private final ByteBuf out;
    private final int start;

    PayloadStream(ByteBuf out) {
        this.out = out;
        this.start = out.writerIndex();
    }

    @Override
    public void write(int b) {
        requireRoom(1);
        out.writeByte(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        requireRoom(length);
        out.writeBytes(bytes, offset, length);
    }

    private void requireRoom(int bytes) {
        if (bytes > FrameHeader.MAX_LENGTH - (out.writerIndex() - start)) {
            throw new SkyportException(
                    ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                    "the result takes more than the " + FrameHeader.MAX_LENGTH
                            + " bytes of a frame: open a cursor (CursorOpen) and fetch its rows in parts, with a smaller"
                            + " count if it is a cursor's, or ask for fewer rows (LIMIT)");
        }
    }
}
