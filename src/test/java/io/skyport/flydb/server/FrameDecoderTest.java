package io.skyport.flydb.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.skyport.error.ErrorCode;
import io.skyport.flydb.message.FrameHeader;
import io.skyport.flydb.message.MessageType;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FrameDecoderTest {

    private static final int RANDOM_STREAMS = 20_000;
    private static final int READ_AHEAD = 100;

    private final FrameDecoder decoder = new FrameDecoder(Duration.ofSeconds(10), READ_AHEAD);
    private final EmbeddedChannel channel = new EmbeddedChannel(decoder);

    @AfterEach
    void nothing_is_left() {
        channel.finishAndReleaseAll();
    }

    @Test
    void frames_are_cut_wherever_the_bytes_are() {
        decoder.authenticated(true);
        ByteBuf bytes = Unpooled.buffer();
        for (int i = 0; i < 3; i++) {
            new FrameHeader(MessageType.QUERY.code(), i, 1000 * i).write(bytes);
            bytes.writeZero(1000 * i);
        }
        while (bytes.isReadable()) {
            channel.writeInbound(bytes.readRetainedSlice(1));
        }
        for (int i = 0; i < 3; i++) {
            Frame frame = channel.readInbound();
            assertThat(frame.header()).isEqualTo(new FrameHeader(MessageType.QUERY.code(), i, 1000 * i));
            assertThat(frame.payload().readableBytes()).isEqualTo(1000 * i);
            frame.release();
        }
        assertThat((Frame) channel.readInbound()).isNull();
    }

    @Test
    void a_length_that_lies_is_refused_with_the_header_alone() {
        channel.writeInbound(hex("fd010100ffffffff"));

        assertBroken("exceeds maximum size");
        channel.writeInbound(hex("fd010a0000000000"));
        assertThat((Frame) channel.readInbound()).as("what follows").isNull();
    }

    @Test
    void the_longest_payload_is_taken_from_whom_one_knows() {
        channel.writeInbound(hex("fd01010000010001"));
        assertBroken("before authentication");
        FrameDecoder known = new FrameDecoder(Duration.ofSeconds(10), READ_AHEAD);
        known.authenticated(true);
        EmbeddedChannel other = new EmbeddedChannel(known);
        other.writeInbound(hex("fd01010001000000"));
        other.writeInbound(Unpooled.wrappedBuffer(new byte[FrameHeader.MAX_LENGTH]));
        Frame frame = other.readInbound();
        assertThat(frame.payload().readableBytes()).isEqualTo(FrameHeader.MAX_LENGTH);
        frame.release();
        other.finishAndReleaseAll();
    }

    @Test
    void a_frame_must_arrive_in_time_however_its_bytes_are_spread() {
        channel.freezeTime();
        channel.writeInbound(hex("fd010a00"));
        channel.advanceTimeBy(9, TimeUnit.SECONDS);
        channel.writeInbound(hex("00"));
        channel.advanceTimeBy(2, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();

        assertBroken("did not arrive");
    }

    @Test
    void between_frames_time_does_not_matter_nor_while_the_server_does_not_read() {
        channel.freezeTime();
        channel.writeInbound(hex("fd010a0000000000"));
        Frame frame = channel.readInbound();
        frame.release();
        channel.advanceTimeBy(1, TimeUnit.HOURS);
        channel.runScheduledPendingTasks();
        assertThat((Frame) channel.readInbound()).isNull();
        decoder.pause();
        channel.writeInbound(hex("fd01"));
        channel.advanceTimeBy(1, TimeUnit.HOURS);
        channel.runScheduledPendingTasks();
        assertThat((Frame) channel.readInbound()).isNull();
        decoder.resume();
        channel.runPendingTasks();
        channel.advanceTimeBy(9, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat((Frame) channel.readInbound()).isNull();
    }

    @Test
    void while_it_is_paused_so_many_bytes_are_read_ahead_and_no_more() {
        decoder.pause();
        channel.writeInbound(Unpooled.copiedBuffer(pings(12)));
        assertThat((Frame) channel.readInbound()).isNull();
        assertThat(channel.config().isAutoRead()).isTrue();
        channel.writeInbound(Unpooled.copiedBuffer(pings(1)));
        assertThat(channel.config().isAutoRead()).isFalse();

        decoder.resume();
        channel.runPendingTasks();

        assertThat(channel.config().isAutoRead()).isTrue();
        assertPings(13);
    }

    @Test
    void what_was_read_ahead_is_cut_when_the_client_closes_its_side() {
        decoder.pause();
        channel.writeInbound(Unpooled.copiedBuffer(pings(5)));
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);

        assertPings(5);
    }

    private static ByteBuf pings(int count) {
        return hex("fd010a0000000000".repeat(count));
    }

    private void assertPings(int count) {
        for (int i = 0; i < count; i++) {
            Frame frame = channel.readInbound();
            assertThat(frame.is(MessageType.PING)).isTrue();
            frame.release();
        }
        assertThat((Frame) channel.readInbound()).isNull();
    }

    @Test
    void random_bytes_never_fail_otherwise_than_a_broken_frame_does() {
        Random random = new Random(1);
        for (int i = 0; i < RANDOM_STREAMS; i++) {
            EmbeddedChannel victim = new EmbeddedChannel(new FrameDecoder(Duration.ofSeconds(10), READ_AHEAD));
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            for (int header = 0; header < Math.min(random.nextInt(8), bytes.length); header++) {
                bytes[header] = new byte[] {(byte) 0xFD, 1, 1, 0, 0, 0, 0, 8}[header];
            }
            victim.writeInbound(Unpooled.wrappedBuffer(bytes));
            victim.checkException();
            for (Frame frame = victim.readInbound(); frame != null; frame = victim.readInbound()) {
                assertThat(frame.broken() != null
                                || frame.payload().readableBytes()
                                        == frame.header().length())
                        .isTrue();
                frame.release();
            }
            victim.finishAndReleaseAll();
        }
    }

    private void assertBroken(String why) {
        Frame frame = channel.readInbound();
        assertThat(frame.broken()).isNotNull();
        assertThat(frame.broken().code()).isEqualTo(ErrorCode.PROTOCOL_VIOLATION);
        assertThat(frame.broken()).hasMessageContaining(why);
    }

    private static ByteBuf hex(String digits) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(digits));
    }
}
