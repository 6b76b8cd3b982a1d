package io.skyport.flydb.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Messages as frames: header and payload in one buffer. */
public final class Frames {

    /** Below it a compressed payload is hardly shorter. */
    private static final int WORTH_COMPRESSING = 256;

    private static final int FIRST_CAPACITY = 512;

    private Frames() {}

    /** A frame, as the other method makes it, whatever it takes. */
    public static ByteBuf of(Message message, boolean compressed, ByteBufAllocator allocator) {
        return of(message, compressed, allocator, bytes -> {});
    }

    /**
     * A frame, which the caller releases.
     *
     * @param compressed whether a payload that is worth it is compressed
     * @param growth told of the payload's bytes
     * @throws io.skyport.error.SkyportException 54000 if the payload is longer than a frame can be
     */
    public static ByteBuf of(Message message, boolean compressed, ByteBufAllocator allocator, Message.Growth growth) {
        ByteBuf frame = allocator.buffer(FIRST_CAPACITY);
        boolean written = false;
        try {
            frame.writeZero(FrameHeader.BYTES);
            message.writePayload(frame, growth);
            int length = frame.readableBytes() - FrameHeader.BYTES;
            if (compressed && length >= WORTH_COMPRESSING) {
                return compressed(message.type(), frame, allocator);
            }
            head(message.type(), 0, frame);
            written = true;
            return frame;
        } finally {
            if (!written) {
                frame.release();
            }
        }
    }

    private static ByteBuf compressed(MessageType type, ByteBuf plain, ByteBufAllocator allocator) {
        ByteBuf frame = allocator.buffer(FIRST_CAPACITY);
        boolean written = false;
        try {
            frame.writeZero(FrameHeader.BYTES);
            Compression.deflate(plain.slice(FrameHeader.BYTES, plain.readableBytes() - FrameHeader.BYTES), frame);
            head(type, FrameHeader.COMPRESSED, frame);
            written = true;
            return frame;
        } finally {
            if (!written) {
                frame.release();
            }
        }
    }

    private static void head(MessageType type, int flags, ByteBuf frame) {
        int end = frame.writerIndex();
        FrameHeader header = new FrameHeader(type.code(), flags, end - FrameHeader.BYTES);
        frame.writerIndex(0);
        header.write(frame);
        frame.writerIndex(end);
    }
}
