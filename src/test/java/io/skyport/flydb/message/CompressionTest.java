package io.skyport.flydb.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CompressionTest {

    private static final int LIMIT = 100_000;

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);

    @Test
    void what_is_compressed_is_itself_again() {
        ByteBuf plain =
                Unpooled.wrappedBuffer("abc".repeat(20_000).getBytes(java.nio.charset.StandardCharsets.US_ASCII));

        ByteBuf inflated = Compression.inflate(deflated(plain), LIMIT, allocator);

        assertThat(inflated).isEqualTo(plain);
        inflated.release();
    }

    @Test
    void a_bomb_is_refused_before_it_is_unpacked() {
        ByteBuf bomb = deflated(Unpooled.wrappedBuffer(new byte[50_000_000]));
        assertThat(bomb.readableBytes()).isLessThan(300_000);

        refused(bomb, "more than " + LIMIT);
        assertThat(allocator.metric().usedHeapMemory()).isZero();
    }

    @Test
    void exactly_as_much_as_there_may_be_is_taken() {
        ByteBuf inflated = Compression.inflate(deflated(Unpooled.wrappedBuffer(new byte[LIMIT])), LIMIT, allocator);

        assertThat(inflated.readableBytes()).isEqualTo(LIMIT);
        inflated.release();
        refused(deflated(Unpooled.wrappedBuffer(new byte[LIMIT + 1])), "more than");
    }

    @Test
    void what_is_no_stream_or_cut_off_or_goes_on_is_refused() {
        byte[] stream = ByteBufUtil.getBytes(deflated(Unpooled.wrappedBuffer(new byte[1000])));

        refused(
                Unpooled.copiedBuffer("{\"query\":\"SELECT 1\"}", java.nio.charset.StandardCharsets.UTF_8),
                "no zlib stream");
        refused(Unpooled.EMPTY_BUFFER, "cut off");
        for (int length = 1; length < stream.length; length++) {
            refused(Unpooled.wrappedBuffer(stream, 0, length), "");
        }
        refused(Unpooled.wrappedBuffer(Arrays.copyOf(stream, stream.length + 1)), "something follows");
        assertThat(allocator.metric().usedHeapMemory()).isZero();
    }

    @Test
    void a_frame_is_compressed_if_it_is_worth_it_and_says_so() {
        Message message = new MsgQuery("SELECT 1 ".repeat(100));
        ByteBuf frame = Frames.of(message, true, allocator);
        FrameHeader header = FrameHeader.read(frame);
        ByteBuf payload = Compression.inflate(frame, FrameHeader.MAX_LENGTH, allocator);

        assertThat(header.flags()).isEqualTo(FrameHeader.COMPRESSED);
        assertThat(header.length()).isEqualTo(frame.readableBytes()).isLessThan(200);
        assertThat(Message.read(MessageType.QUERY, payload)).isEqualTo(message);
        payload.release();
        frame.release();
        ByteBuf small = Frames.of(new MsgPong(), true, allocator);
        assertThat(FrameHeader.read(small).flags()).isZero();
        small.release();
        assertThat(allocator.metric().usedHeapMemory()).isZero();
    }

    private void refused(ByteBuf compressed, String why) {
        assertThatThrownBy(() -> Compression.inflate(compressed, LIMIT, allocator))
                .isInstanceOfSatisfying(
                        SkyportException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PROTOCOL_VIOLATION))
                .hasMessageContaining(why);
    }

    private static ByteBuf deflated(ByteBuf plain) {
        ByteBuf out = Unpooled.buffer();
        Compression.deflate(plain, out);
        return out;
    }
}
