package io.skyport.flydb.message;

import io.netty.buffer.ByteBuf;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;

/**
 * What stands before every payload (FlyDB driver guide, "Message Frame Format"): magic byte, version, type, flags, and the
 * payload's length as an unsigned 32-bit integer, big-endian.
 *
 * @param type the code of a {@link MessageType}, or of none
 * @param flags {@link #COMPRESSED}, {@link #ENCRYPTED}, others
 * @param length bytes of the payload, at most {@link #MAX_LENGTH}
 */
public record FrameHeader(int type, int flags, int length) {

    /** Bytes of a header. */
    public static final int BYTES = 8;

    public static final int MAGIC = 0xFD;
    public static final int VERSION = 0x01;

    /** Bytes of the longest payload. */
    public static final int MAX_LENGTH = 16_777_216;

    /** The payload is a zlib stream (RFC 1950). */
    public static final int COMPRESSED = 0x01;

    /** Reserved by FlyDB without saying how. */
    public static final int ENCRYPTED = 0x02;

    /**
     * Reads a header, of which all bytes are there. Nothing is allocated for a payload that cannot be.
     *
     * @throws SkyportException 08P01 if it is none; where the next one begins is unknown then
     */
    public static FrameHeader read(ByteBuf in) {
        if (in.readUnsignedByte() != MAGIC) {
            throw violation("read error: invalid protocol magic byte");
        }
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw violation("read error: protocol version " + version + " is not supported, only " + VERSION);
        }
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        long length = in.readUnsignedInt();
        if (length > MAX_LENGTH) {
            throw violation("read error: message exceeds maximum size");
        }
        return new FrameHeader(type, flags, (int) length);
    }

    /** Appends the header. */
    public void write(ByteBuf out) {
        out.writeByte(MAGIC).writeByte(VERSION).writeByte(type).writeByte(flags).writeInt(length);
    }

    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    private static SkyportException violation(String text) {
        return new SkyportException(ErrorCode.PROTOCOL_VIOLATION, text);
    }
}
