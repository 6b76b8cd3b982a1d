package io.skyport.flydb.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.ScheduledFuture;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.flydb.message.FrameHeader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Cuts bytes into frames. Looks at a header before it waits for its payload, so that one that lies costs nothing, and gives a
 * client a limited time for each frame. On the event loop.
 *
 * <p>While it is paused it reads on, and cuts no frame, until it is ahead by so many bytes: whoever does not read does not learn
 * that the client is gone.
 */
final class FrameDecoder extends ByteToMessageDecoder {

    /** Bytes of a payload before anybody knows who sends it. */
    static final int MAX_LENGTH_BEFORE_AUTHENTICATION = 65_536;

    private final Duration timeout;
    private final int readAhead;
    private @Nullable ChannelHandlerContext context;
    private boolean paused;
    private boolean ending;
    private int maxLength = MAX_LENGTH_BEFORE_AUTHENTICATION;
    private @Nullable FrameHeader header;
    private @Nullable ScheduledFuture<?> timer;
    private boolean broken;

    /** @param readAhead bytes that are read while it is paused */
    FrameDecoder(Duration timeout, int readAhead) {
        this.timeout = timeout;
        this.readAhead = readAhead;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    /** No more frames for now, unless the client has sent its last one. */
    void pause() {
        paused = !ending;
        stopClock();
    }

    /** Frames again. */
    void resume() {
        ChannelHandlerContext ctx = context;
        if (paused && ctx != null) {
            paused = false;
            // Not at once: it may be a frame just cut that resumes it.
            ctx.executor().execute(() -> decodeAgain(ctx));
        }
    }

    private void decodeAgain(ChannelHandlerContext ctx) {
        if (!ctx.isRemoved()) {
            ctx.channel().config().setAutoRead(true);
            try {
                channelRead(ctx, Unpooled.EMPTY_BUFFER);
            } catch (Exception e) {
                ctx.fireExceptionCaught(e);
            }
        }
    }

    /** Who is there is known now, or not any more. */
    void authenticated(boolean known) {
        maxLength = known ? FrameHeader.MAX_LENGTH : MAX_LENGTH_BEFORE_AUTHENTICATION;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (broken) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (paused) {
            if (in.readableBytes() >= readAhead) {
                ctx.channel().config().setAutoRead(false);
            }
            return;
        }
        try {
            decodeFrame(in, out);
        } catch (SkyportException e) {
            breakOff(e, in, out);
        }
        watch(ctx, !out.isEmpty(), in.isReadable());
    }

    private void decodeFrame(ByteBuf in, List<Object> out) {
        if (header == null && in.readableBytes() >= FrameHeader.BYTES) {
            FrameHeader read = FrameHeader.read(in);
            if (read.length() > maxLength) {
                throw new SkyportException(
                        ErrorCode.PROTOCOL_VIOLATION,
                        "read error: message exceeds maximum size, which is " + maxLength
                                + " bytes before authentication");
            }
            header = read;
        }
        FrameHeader complete = header;
        if (complete != null && in.readableBytes() >= complete.length()) {
            header = null;
            out.add(new Frame(complete, in.readRetainedSlice(complete.length())));
        }
    }

    private void breakOff(SkyportException why, ByteBuf in, List<Object> out) {
        broken = true;
        in.skipBytes(in.readableBytes());
        out.add(Frame.broken(why));
    }

    /** The clock runs while a part of a frame is there and no more comes. */
    private void watch(ChannelHandlerContext ctx, boolean complete, boolean more) {
        ScheduledFuture<?> running = timer;
        if (complete && running != null) {
            stopClock();
        } else if (!complete && running == null && (header != null || more)) {
            timer = ctx.executor().schedule(() -> late(ctx), timeout.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void stopClock() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void late(ChannelHandlerContext ctx) {
        timer = null;
        broken = true;
        ctx.fireChannelRead(Frame.broken(new SkyportException(
                ErrorCode.PROTOCOL_VIOLATION,
                "read error: the message did not arrive within " + timeout.toMillis() + " ms")));
    }

    /** What the client sent before it closed its side is all there. */
    @Override
    protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        ending = true;
        paused = false;
        callDecode(ctx, in, out);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
        stopClock();
    }
}
