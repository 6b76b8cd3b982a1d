package io.skyport.flydb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.skyport.SkyportServer;
import io.skyport.flydb.message.Compression;
import io.skyport.flydb.message.FrameHeader;
import io.skyport.flydb.message.Frames;
import io.skyport.flydb.message.Message;
import io.skyport.flydb.message.MessageType;
import io.skyport.flydb.message.MsgAuth;
import io.skyport.flydb.message.MsgPing;
import io.skyport.flydb.message.MsgQuery;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client that sends what it is told, frames or anything else, and reads frames. For one thread. */
public final class FlydbClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Socket socket;
    private final DataInputStream in;

    private FlydbClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout((int) PATIENCE.toMillis());
        this.in = new DataInputStream(socket.getInputStream());
    }

    /** A frame from the server. */
    public record Reply(FrameHeader header, byte[] payload) {

        public MessageType type() {
            return MessageType.of(header.type()).orElseThrow();
        }

        /** The payload, unpacked if it is compressed. */
        public ByteBuf bytes() {
            ByteBuf bytes = Unpooled.wrappedBuffer(payload);
            return header.has(FrameHeader.COMPRESSED)
                    ? Compression.inflate(bytes, FrameHeader.MAX_LENGTH, UnpooledByteBufAllocator.DEFAULT)
                    : bytes;
        }

        public JsonNode json() {
            try {
                return JSON.readTree(ByteBufUtil.getBytes(bytes()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        public Message message() {
            return Message.read(type(), bytes());
        }

        @Override
        public String toString() {
            return type() + " " + bytes().toString(StandardCharsets.UTF_8);
        }
    }

    /** Connects and sends nothing. */
    public static FlydbClient connect(int port) {
        try {
            return over(new Socket("127.0.0.1", port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static FlydbClient over(Socket socket) {
        try {
            return new FlydbClient(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A driver's connection, authenticated as {@link SkyportServer#USER}. */
    public static FlydbClient driver(SkyportServer server) {
        return connect(server.flydbPort()).login();
    }

    /** A connection as FlyDB's shell makes it: it pings first. */
    public static FlydbClient console(SkyportServer server) {
        FlydbClient client = connect(server.flydbPort());
        client.call(new MsgPing());
        return client.login();
    }

    public FlydbClient login() {
        JsonNode result = call(new MsgAuth(SkyportServer.USER, SkyportServer.PASSWORD, null, false))
                .json();
        if (!result.path("success").asBoolean()) {
            throw new IllegalStateException("not let in: " + result);
        }
        return this;
    }

    public Reply call(Message message) {
        send(message);
        return receive();
    }

    public Reply call(MessageType type, String payload) {
        send(type.code(), 0, payload.getBytes(StandardCharsets.UTF_8));
        return receive();
    }

    public Reply query(String sql) {
        return call(new MsgQuery(sql));
    }

    /** The result of a statement that must not fail. */
    public JsonNode result(String sql) {
        Reply reply = query(sql);
        if (reply.type() != MessageType.QUERY_RESULT) {
            throw new IllegalStateException(sql + " fails: " + reply);
        }
        return reply.json();
    }

    public void send(Message message) {
        ByteBuf frame = Frames.of(message, false, UnpooledByteBufAllocator.DEFAULT);
        raw(ByteBufUtil.getBytes(frame));
        frame.release();
    }

    public void send(int type, int flags, byte[] payload) {
        ByteBuf frame = Unpooled.buffer();
        new FrameHeader(type, flags, payload.length).write(frame);
        raw(ByteBufUtil.getBytes(frame.writeBytes(payload)));
    }

    public void raw(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void hex(String digits) {
        raw(ByteBufUtil.decodeHexDump(digits.replace(" ", "")));
    }

    public Reply receive() {
        try {
            byte[] header = new byte[FrameHeader.BYTES];
            in.readFully(header);
            FrameHeader read = FrameHeader.read(Unpooled.wrappedBuffer(header));
            byte[] payload = new byte[read.length()];
            in.readFully(payload);
            return new Reply(read, payload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the server closes the connection; false if it sends something instead. */
    public boolean isClosedByServer() {
        try {
            return in.read() < 0;
        } catch (SocketException | EOFException e) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void halfClose() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Socket socket() {
        return socket;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
