package io.skyport.flydb.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.ScheduledFuture;
import io.skyport.flydb.FlydbProperties;
import io.skyport.flydb.message.MessageType;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection: takes its frames in turn, lets a worker answer each, and writes the answers in the same order. All on
 * the connection's event loop but for the work itself.
 *
 * <pre>
 * client     event loop                 worker
 *   | frames    |                         |
 *   |----------&gt;| wait in order           |
 *   |           | one, if the client reads|
 *   |           |------------------------&gt;| Dialogue.answer
 *   |           |          reply's buffer |
 *   |           |&lt;------------------------|
 *   |&lt;----------| writes it, takes the next
 * </pre>
 *
 * <p>Backpressure: with many frames waiting no more are cut, and with many bytes none read, and while the client does not read it
 * takes no next frame. A client that is gone has what runs for it stopped, and its session closed.
 */
final class Connection extends ChannelInboundHandlerAdapter {

    private static final Logger log = LoggerFactory.getLogger(Connection.class);

    private final Channel channel;
    private final FrameDecoder decoder;
    private final Dialogue dialogue;
    private final Workers workers;
    private final FlydbProperties properties;
    private final Traffic traffic;
    private final Consumer<Connection> gone;

    private final Deque<Frame> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private boolean first = true;
    private boolean busy;
    private boolean inputClosed;
    private boolean draining;
    private boolean closing;
    private long lastActivity = System.nanoTime();
    private @Nullable ScheduledFuture<?> writeTimer;
    private @Nullable ScheduledFuture<?> idleTimer;
    private @Nullable ScheduledFuture<?> authenticationTimer;

    /** @param gone told once, when nothing is left of it */
    Connection(
            Channel channel,
            FrameDecoder decoder,
            Dialogue dialogue,
            Workers workers,
            FlydbProperties properties,
            Traffic traffic,
            Consumer<Connection> gone) {
        this.channel = channel;
        this.decoder = decoder;
        this.dialogue = dialogue;
        this.workers = workers;
        this.properties = properties;
        this.traffic = traffic;
        this.gone = gone;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        authenticationTimer = after(properties.authenticationTimeout(), () -> {
            if (!dialogue.authenticated()) {
                channel.close();
            }
        });
        watchIdle();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        Frame frame = (Frame) message;
        lastActivity = System.nanoTime();
        traffic.received(frame);
        if (closing) {
            frame.release();
            return;
        }
        if (first) {
            first = false;
            dialogue.beginsWith(frame);
        }
        waiting.add(frame);
        waitingBytes += frame.length();
        if (waiting.size() >= properties.maxPipelinedRequests() || waitingBytes >= properties.pipelinedByteLimit()) {
            decoder.pause();
        }
        next();
    }

    private void next() {
        while (!busy && !closing && !waiting.isEmpty() && channel.isWritable()) {
            Frame frame = waiting.remove();
            waitingBytes -= frame.length();
            if (waiting.size() <= properties.maxPipelinedRequests() / 2
                    && waitingBytes <= properties.pipelinedByteLimit() / 2) {
                decoder.resume();
            }
            if (frame.is(MessageType.PING)) {
                // It asks for nothing that could block.
                write(dialogue.answer(frame));
            } else {
                start(frame);
            }
        }
        closeIfDone();
    }

    private void start(Frame frame) {
        busy = true;
        Duration delay = frame.is(MessageType.AUTH) ? dialogue.loginDelay() : Duration.ZERO;
        if (delay.isZero()) {
            handOver(frame);
        } else {
            after(delay, () -> handOver(frame));
        }
    }

    private void handOver(Frame frame) {
        if (!workers.run(() -> work(frame))) {
            // The server has stopped.
            frame.release();
            answered(Answer.NONE);
        }
    }

    /** On a worker. */
    private void work(Frame frame) {
        Answer answer = Answer.NONE;
        try {
            answer = dialogue.answer(frame);
        } finally {
            // Whatever went wrong, the connection must not wait for ever: without an answer it ends.
            Answer given = answer;
            channel.eventLoop().execute(() -> answered(given));
        }
    }

    private void answered(Answer answer) {
        busy = false;
        lastActivity = System.nanoTime();
        if (!channel.isActive()) {
            answer.release();
            end();
            return;
        }
        decoder.authenticated(dialogue.authenticated());
        write(answer);
        next();
    }

    private void write(Answer answer) {
        ByteBuf bytes = answer.bytes();
        if (bytes != null) {
            traffic.sent(bytes.readableBytes());
        }
        if (bytes == null) {
            channel.close();
        } else if (answer.last()) {
            closing = true;
            releaseWaiting();
            channel.writeAndFlush(bytes).addListener(ChannelFutureListener.CLOSE);
        } else if (answer.memory().isFree()) {
            channel.writeAndFlush(bytes, channel.voidPromise());
        } else {
            channel.writeAndFlush(bytes).addListener(written -> answer.memory().release());
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (channel.isWritable()) {
            stop(writeTimer);
            writeTimer = null;
            next();
        } else if (writeTimer == null) {
            writeTimer = after(properties.writeTimeout(), channel::close);
        }
    }

    /** The client sends no more; what it sent is still answered, for a while. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            inputClosed = true;
            after(properties.halfCloseTimeout(), channel::close);
            closeIfDone();
        }
    }

    /** Takes no further requests but those that are there already. */
    void drain() {
        channel.eventLoop().execute(() -> {
            draining = true;
            closeIfDone();
        });
    }

    void close() {
        channel.close();
    }

    private void closeIfDone() {
        if ((inputClosed || draining) && !busy && !closing && waiting.isEmpty()) {
            closing = true;
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        closing = true;
        releaseWaiting();
        dialogue.cancel();
        stop(idleTimer);
        stop(authenticationTimer);
        stop(writeTimer);
        if (!busy) {
            end();
        }
    }

    /** Rolling back may block. Once the server has stopped, the session is closed with all others. */
    private void end() {
        boolean closing = workers.run(() -> {
            try {
                dialogue.close();
            } finally {
                gone.accept(this);
            }
        });
        if (!closing) {
            gone.accept(this);
        }
    }

    private void releaseWaiting() {
        waiting.forEach(Frame::release);
        waiting.clear();
        waitingBytes = 0;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException || cause.getCause() instanceof IOException)) {
            log.warn("A FlyDB connection of {} fails", channel.remoteAddress(), cause);
        }
        channel.close();
    }

    private void watchIdle() {
        Duration timeout = properties.idleTimeout();
        if (timeout.isZero()) {
            return;
        }
        long left = timeout.toNanos() - (System.nanoTime() - lastActivity);
        if (left <= 0 && !busy) {
            channel.close();
        } else {
            idleTimer = after(left > 0 ? Duration.ofNanos(left) : timeout, this::watchIdle);
        }
    }

    private static void stop(@Nullable ScheduledFuture<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private ScheduledFuture<?> after(Duration delay, Runnable work) {
        return channel.eventLoop().schedule(work, delay.toNanos(), TimeUnit.NANOSECONDS);
    }
}
