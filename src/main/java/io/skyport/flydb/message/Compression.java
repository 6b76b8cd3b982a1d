package io.skyport.flydb.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Payloads as zlib streams (RFC 1950), the flag {@link FrameHeader#COMPRESSED}. */
public final class Compression {

    private static final int CHUNK = 8192;

    private Compression() {}

    /**
     * The payload that was compressed, which the caller releases.
     *
     * @param limit bytes that it may have at most; no more is ever allocated than twice that
     * @throws SkyportException 08P01 if the bytes are no zlib stream, or one of more bytes
     */
    public static ByteBuf inflate(ByteBuf compressed, int limit, ByteBufAllocator allocator) {
        Inflater inflater = new Inflater();
        ByteBuf plain = allocator.buffer(Math.min(CHUNK, limit), limit);
        boolean whole = false;
        try {
            inflater.setInput(ByteBufUtil.getBytes(compressed));
            inflate(inflater, plain, limit);
            whole = true;
            return plain;
        } catch (DataFormatException e) {
            throw violation("the compressed payload is no zlib stream: " + e.getMessage());
        } finally {
            inflater.end();
            if (!whole) {
                plain.release();
            }
        }
    }

    private static void inflate(Inflater inflater, ByteBuf plain, int limit) throws DataFormatException {
        byte[] chunk = new byte[CHUNK];
        while (!inflater.finished()) {
            int length = inflater.inflate(chunk);
            if (length == 0 && !inflater.finished()) {
                throw violation("the compressed payload is cut off");
            }
            if (length > limit - plain.readableBytes()) {
                throw violation("the compressed payload has more than " + limit + " bytes");
            }
            plain.writeBytes(chunk, 0, length);
        }
        if (inflater.getRemaining() > 0) {
            throw violation("something follows the compressed payload");
        }
    }

    /** Appends the payload as a zlib stream. */
    public static void deflate(ByteBuf plain, ByteBuf out) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            deflater.setInput(ByteBufUtil.getBytes(plain));
            deflater.finish();
            byte[] chunk = new byte[CHUNK];
            while (!deflater.finished()) {
                out.writeBytes(chunk, 0, deflater.deflate(chunk));
            }
        } finally {
            deflater.end();
        }
    }

    private static SkyportException violation(String text) {
        return new SkyportException(ErrorCode.PROTOCOL_VIOLATION, text);
    }
}
