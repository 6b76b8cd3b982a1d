package io.skyport.flydb.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.flydb.message.Compression;
import io.skyport.flydb.message.FrameHeader;
import io.skyport.flydb.message.Message;
import io.skyport.flydb.message.MessageType;
import io.skyport.flydb.message.MsgAuth;
import io.skyport.flydb.message.MsgAuthResult;
import io.skyport.flydb.message.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bytes that nobody thought of, for all that reads what clients send. It is one fuzz test, for a JVM takes no more and its start
 * takes longer than it does: the first byte of an input says for what the others are.
 */
class WireFuzzTest {

    private static final int TYPES = MessageType.values().length;
    /** Bytes of a payload that was compressed. */
    private static final int LIMIT = 20_000;

    private static final int READ_AHEAD = 100;

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);

    @MethodSource("samples")
    @FuzzTest(maxDuration = "20s")
    void whatever_comes_is_read_or_refused(byte[] input) {
        if (input.length == 0) {
            return;
        }
        int what = (input[0] & 0xFF) % (TYPES + 2);
        ByteBuf bytes = Unpooled.wrappedBuffer(input, 1, input.length - 1);
        if (what < TYPES) {
            orRefused(() -> message(MessageType.values()[what], bytes));
        } else if (what == TYPES) {
            orRefused(() -> compressed(bytes));
        } else {
            stream(bytes);
        }
        assertThat(allocator.metric().usedHeapMemory()).isZero();
    }

    private static void orRefused(Runnable reading) {
        try {
            reading.run();
        } catch (SkyportException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.PROTOCOL_VIOLATION);
        }
    }

    /** What is read of a payload can be written, and read again. */
    private static void message(MessageType type, ByteBuf payload) {
        ByteBuf given = payload.duplicate();
        Message message = Message.read(type, payload);
        assertThat(message.type()).isEqualTo(type);
        if (isBinary(message)) {
            assertThat(written(message)).isEqualTo(given);
        }
        // A number of too many digits is written as the next 64-bit one, which is read as a decimal, and then as an
        // integer.
        Message settled = again(again(message));
        assertThat(again(settled)).isEqualTo(settled);
    }

    private static boolean isBinary(Message message) {
        return message instanceof MsgAuth auth && auth.binary()
                || message instanceof MsgAuthResult result && result.binary();
    }

    private static Message again(Message message) {
        ByteBuf payload = written(message);
        Message read = Message.read(message.type(), payload);
        assertThat(payload.isReadable()).as("bytes left unread").isFalse();
        return read;
    }

    private static ByteBuf written(Message message) {
        ByteBuf payload = Unpooled.buffer();
        message.writePayload(payload);
        return payload;
    }

    /** What inflates is short enough, and itself again. */
    private void compressed(ByteBuf payload) {
        ByteBuf plain = Compression.inflate(payload, LIMIT, allocator);
        ByteBuf again = Compression.inflate(deflated(plain), LIMIT, allocator);
        assertThat(again).isEqualTo(plain);
        assertThat(plain.readableBytes()).isLessThanOrEqualTo(LIMIT);
        again.release();
        plain.release();
    }

    private static ByteBuf deflated(ByteBuf plain) {
        ByteBuf out = Unpooled.buffer();
        Compression.deflate(plain, out);
        return out;
    }

    /** The same frames come of the same bytes, however they are cut, and their payloads are read or refused. */
    private void stream(ByteBuf bytes) {
        if (!bytes.isReadable()) {
            return;
        }
        int cut = bytes.readUnsignedByte();
        boolean known = cut > Byte.MAX_VALUE;
        int sent = bytes.readableBytes();

        List<Frame> frames = frames(bytes, (cut & Byte.MAX_VALUE) + 1, known);
        List<Frame> whole = frames(bytes, Math.max(1, sent), known);

        assertThat(frames.stream().map(WireFuzzTest::shown))
                .isEqualTo(whole.stream().map(WireFuzzTest::shown).toList());
        assertThat(frames.stream().limit(Math.max(0, frames.size() - 1))).allMatch(frame -> frame.broken() == null);
        whole.forEach(Frame::release);
        frames.forEach(this::payload);
    }

    private static String shown(Frame frame) {
        SkyportException broken = frame.broken();
        if (broken != null) {
            assertThat(broken.code()).isEqualTo(ErrorCode.PROTOCOL_VIOLATION);
            return String.valueOf(broken.getMessage());
        }
        assertThat(frame.payload().readableBytes()).isEqualTo(frame.header().length());
        return frame.header() + ByteBufUtil.hexDump(frame.payload());
    }

    private void payload(Frame frame) {
        MessageType.of(frame.header().type())
                .filter(frame::is)
                .ifPresent(type -> orRefused(() -> {
                    if (frame.header().has(FrameHeader.COMPRESSED)) {
                        compressed(frame.payload());
                    } else {
                        message(type, frame.payload());
                    }
                }));
        frame.release();
    }

    private static List<Frame> frames(ByteBuf bytes, int piece, boolean known) {
        FrameDecoder decoder = new FrameDecoder(Duration.ofSeconds(10), READ_AHEAD);
        decoder.authenticated(known);
        EmbeddedChannel channel = new EmbeddedChannel(decoder);
        for (int at = 0; at < bytes.readableBytes(); at += piece) {
            int length = Math.min(piece, bytes.readableBytes() - at);
            channel.writeInbound(bytes.copy(bytes.readerIndex() + at, length));
        }
        List<Frame> frames = new ArrayList<>();
        for (Frame frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
            frames.add(frame);
        }
        channel.finishAndReleaseAll();
        channel.checkException();
        return frames;
    }

    /** All messages, alone and in one stream; compressed payloads; what is cut off, and lengths that lie. */
    static Stream<byte[]> samples() {
        List<Message> messages = Stream.concat(Samples.full(), Samples.empty()).toList();
        Stream<byte[]> payloads =
                messages.stream().map(message -> input(message.type().ordinal(), out -> message.writePayload(out)));
        Stream<byte[]> zlib = IntStream.of(0, 1, 1000, LIMIT, LIMIT + 1)
                .mapToObj(length ->
                        input(TYPES, out -> out.writeBytes(deflated(Unpooled.wrappedBuffer(new byte[length])))));
        Stream<byte[]> streams = IntStream.of(0x00, 0x06, 0x83, 0xFF)
                .mapToObj(cut -> input(TYPES + 1, out -> {
                    out.writeByte(cut);
                    messages.stream().limit(7).forEach(message -> frame(message, out));
                }));
        Stream<byte[]> broken = Stream.of("00fd", "80fd0102", "81fd010100ffffffff", "82fd010a0000000002017d")
                .map(digits -> input(TYPES + 1, out -> out.writeBytes(ByteBufUtil.decodeHexDump(digits))));
        return Stream.of(payloads, zlib, streams, broken).flatMap(each -> each);
    }

    private static void frame(Message message, ByteBuf out) {
        ByteBuf plain = written(message);
        boolean packed = message.type() == MessageType.EXECUTE;
        ByteBuf payload = packed ? deflated(plain) : plain;
        int flags = packed ? FrameHeader.COMPRESSED : 0;
        new FrameHeader(message.type().code(), flags, payload.readableBytes()).write(out);
        out.writeBytes(payload);
    }

    private static byte[] input(int what, Consumer<ByteBuf> rest) {
        ByteBuf input = Unpooled.buffer().writeByte(what);
        rest.accept(input);
        return ByteBufUtil.getBytes(input);
    }
}
