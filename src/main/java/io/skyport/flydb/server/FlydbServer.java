package io.skyport.flydb.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.skyport.flydb.FlydbProperties;
import io.skyport.security.Authenticator;
import io.skyport.security.LoginThrottle;
import io.skyport.session.CallListener;
import io.skyport.session.CallTrace;
import io.skyport.session.Caller;
import io.skyport.session.Protocol;
import io.skyport.session.Sessions;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The FlyDB server on its port. Starts and stops once. Thread-safe.
 *
 * <p>A connection's pipeline: {@link Greeter} (TLS or not), {@link FrameDecoder} (bytes to frames), {@link Connection}.
 */
public final class FlydbServer implements AutoCloseable {

    /** Asks for nothing. */
    private static final String PING = "ping";

    private static final String ANY_ADDRESS = "*";
    private static final long CLOSING_SECONDS = 10;
    /** Beyond the limit of connections: those that are told why. */
    private static final int REFUSED_AT_ONCE = 64;

    private final FlydbProperties properties;
    private final Sessions sessions;
    private final Authenticator authenticator;
    private final CallListener calls;
    private final String version;
    private final Supplier<@Nullable SslContext> tls;
    private final boolean tlsRequired;
    private final LoginThrottle throttle;
    private final Traffic traffic = new Traffic();
    private final ReplyMemory replies;
    private final Workers workers;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final EventLoopGroup eventLoops;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition gone = lock.newCondition();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private volatile @Nullable Channel listening;

    /**
     * @param version of the server, as clients see it
     * @param tls for the next connection; null for none
     * @param tlsRequired whether clients without it are refused
     */
    public FlydbServer(
            FlydbProperties properties,
            Sessions sessions,
            Authenticator authenticator,
            LoginThrottle throttle,
            CallListener calls,
            String version,
            Supplier<@Nullable SslContext> tls,
            boolean tlsRequired) {
        this.properties = properties;
        this.sessions = sessions;
        this.authenticator = authenticator;
        this.calls = calls;
        this.version = version;
        this.tls = tls;
        this.tlsRequired = tlsRequired;
        this.throttle = throttle;
        this.replies = new ReplyMemory(properties.replyMemoryLimit());
        this.workers = new Workers(properties.workerThreads());
        this.eventLoops =
                new NioEventLoopGroup(properties.eventLoopThreads(), new DefaultThreadFactory("flydb-io", true));
    }

    /** @throws IllegalStateException if the port cannot be had */
    public void start() {
        InetSocketAddress address = properties.address().equals(ANY_ADDRESS)
                ? new InetSocketAddress(properties.port())
                : new InetSocketAddress(properties.address(), properties.port());
        int low = properties.queuedByteLimit() / 2;
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(eventLoops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(low, 2 * low))
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        accept(channel);
                    }
                });
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            Throwable cause = bound.cause();
            throw new IllegalStateException(
                    "FlyDB cannot listen at skyport.flydb.address '" + properties.address() + "', skyport.flydb.port "
                            + properties.port() + ": "
                            + (cause.getMessage() == null ? "there is no such address" : cause.getMessage()),
                    cause);
        }
        listening = bound.channel();
    }

    private void accept(SocketChannel channel) {
        int open = connections.size();
        if (open >= properties.maxConnections() + REFUSED_AT_ONCE) {
            channel.close();
            return;
        }
        FrameDecoder decoder = new FrameDecoder(properties.frameTimeout(), properties.pipelinedByteLimit());
        Client client = new Client(
                sessions,
                request -> new Caller(
                        Protocol.FLYDB,
                        channel.remoteAddress(),
                        PING.equals(request) ? CallTrace.NONE : calls.began(Protocol.FLYDB, request, header -> null)),
                channel.alloc(),
                properties.consoleText());
        Dialogue dialogue = new Dialogue(
                client,
                new Login(
                        client, authenticator, throttle, channel.remoteAddress().getAddress()),
                replies,
                version,
                open >= properties.maxConnections());
        Connection connection = new Connection(channel, decoder, dialogue, workers, properties, traffic, this::gone);
        client.whenClosed(connection::drain);
        connections.add(connection);
        channel.pipeline()
                .addLast("greeter", new Greeter(tls.get(), tlsRequired))
                .addLast("frames", decoder)
                .addLast("connection", connection);
    }

    /** The port it listens on, once it does. */
    public OptionalInt port() {
        Channel channel = listening;
        return channel == null
                ? OptionalInt.empty()
                : OptionalInt.of(((InetSocketAddress) channel.localAddress()).getPort());
    }

    /** What all its clients have sent and got. */
    public Traffic traffic() {
        return traffic;
    }

    /** How many may be. */
    public int maxConnections() {
        return properties.maxConnections();
    }

    /** How many clients are connected. */
    public int connections() {
        return connections.size();
    }

    /** Stops at once. */
    @Override
    public void close() {
        stop(Duration.ZERO);
    }

    /** Takes no new clients, lets what runs end within a time, and then stops it. */
    public void stop(Duration grace) {
        if (stopped.getAndSet(true)) {
            return;
        }
        Channel channel = listening;
        if (channel != null) {
            channel.close().awaitUninterruptibly();
        }
        connections.forEach(Connection::drain);
        if (!allGone(grace)) {
            connections.forEach(Connection::close);
            boolean unused = allGone(Duration.ofSeconds(CLOSING_SECONDS));
        }
        workers.close();
        eventLoops.shutdownGracefully(0, CLOSING_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private boolean allGone(Duration atMost) {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (!connections.isEmpty() && left > 0) {
                left = gone.awaitNanos(left);
            }
            return connections.isEmpty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void gone(Connection connection) {
        lock.lock();
        try {
            connections.remove(connection);
            gone.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
