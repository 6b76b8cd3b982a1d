package io.skyport.flydb.message;

import io.netty.buffer.ByteBuf;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.io.OutputStream;

/** Appends to a frame's buffer until the payload is as long as it may be. */
final class PayloadStream extends OutputStream {

    private final ByteBuf out;
    private final Message.Growth growth;
    private final int start;
    private boolean cutting;
    private long cut;

    PayloadStream(ByteBuf out, Message.Growth growth) {
        this.out = out;
        this.growth = growth;
        this.start = out.writerIndex();
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        int room = FrameHeader.MAX_LENGTH - (out.writerIndex() - start);
        if (length > room && !cutting) {
            throw tooLong();
        }
        int taken = Math.min(length, room);
        growth.grow(taken);
        out.writeBytes(bytes, offset, taken);
        cut += length - taken;
    }

    /** Whether what there is no room for is left out, in place of a failure. */
    void cutting(boolean on) {
        cutting = on;
    }

    /** Bytes that were written, also those that were left out. */
    long written() {
        return out.writerIndex() - start + cut;
    }

    /** Takes back all but so many bytes. */
    void cutTo(long bytes) {
        out.writerIndex(start + (int) bytes);
        cut = 0;
    }

    private static SkyportException tooLong() {
        return new SkyportException(
                ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                "the result takes more than the " + FrameHeader.MAX_LENGTH
                        + " bytes of a frame: open a cursor (CursorOpen) and fetch its rows in parts, or ask for fewer"
                        + " rows (LIMIT)");
    }
}
