package io.skyport.flydb.server;

import io.netty.buffer.ByteBuf;
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
 */
final class FrameDecoder extends ByteToMessageDecoder {

    /** Bytes of a payload before anybody knows who sends it. */
    static final int MAX_LENGTH_BEFORE_AUTHENTICATION = 65_536;

    private final Duration timeout;
    private int maxLength = MAX_LENGTH_BEFORE_AUTHENTICATION;
    private @Nullable FrameHeader header;
    private @Nullable ScheduledFuture<?> timer;
    private boolean broken;

    FrameDecoder(Duration timeout) {
        this.timeout = timeout;
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
            running.cancel(false);
            timer = null;
        } else if (!complete && running == null && (header != null || more)) {
            timer = ctx.executor().schedule(() -> late(ctx), timeout.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void late(ChannelHandlerContext ctx) {
        timer = null;
        if (!ctx.channel().config().isAutoRead()) {
            // It is the server that does not read.
            timer = ctx.executor().schedule(() -> late(ctx), timeout.toNanos(), TimeUnit.NANOSECONDS);
            return;
        }
        broken = true;
        ctx.fireChannelRead(Frame.broken(new SkyportException(
                ErrorCode.PROTOCOL_VIOLATION,
                "read error: the message did not arrive within " + timeout.toMillis() + " ms")));
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
