package io.skyport.flydb.message;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The guide's primitive types ("Data Encoding"): integers are big-endian, a text has its length before it. */
final class BinaryFields {

    private final MessageType type;
    private final ByteBuf payload;

    BinaryFields(MessageType type, ByteBuf payload) {
        this.type = type;
        this.payload = payload;
    }

    boolean hasMore() {
        return payload.isReadable();
    }

    boolean flag() {
        require(1);
        int value = payload.readUnsignedByte();
        if (value > 1) {
            throw JsonFields.invalid(type, "a truth value is 0 or 1");
        }
        return value == 1;
    }

    String text() {
        require(Integer.BYTES);
        long length = payload.readUnsignedInt();
        require(length);
        ByteBuffer bytes = payload.readSlice((int) length).nioBuffer();
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(bytes);
            return text.toString();
        } catch (CharacterCodingException e) {
            throw JsonFields.invalid(type, "a text is not UTF-8");
        }
    }

    void requireEnd() {
        if (hasMore()) {
            throw JsonFields.invalid(type, "it is too long");
        }
    }

    private void require(long bytes) {
        if (payload.readableBytes() < bytes) {
            throw JsonFields.invalid(type, "it is cut off");
        }
    }

    static void flag(ByteBuf out, boolean value) {
        out.writeByte(value ? 1 : 0);
    }

    static void text(ByteBuf out, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length).writeBytes(bytes);
    }
}
