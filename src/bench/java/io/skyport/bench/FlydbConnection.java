package io.skyport.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A client of the FlyDB protocol as its guide describes one: a frame, then the reply to it. For one thread. */
final class FlydbConnection implements AutoCloseable {

    static final int QUERY = 0x01;
    static final int PREPARE = 0x04;
    static final int EXECUTE = 0x06;
    static final int CURSOR_OPEN = 0x10;
    static final int CURSOR_FETCH = 0x11;
    static final int CURSOR_CLOSE = 0x12;
    static final int BEGIN = 0x30;
    static final int COMMIT = 0x31;
    static final int ROLLBACK = 0x32;

    private static final int HEADER = 0xFD010000;
    private static final int ERROR = 0x03;
    private static final int AUTH = 0x08;
    private static final int PING = 0x0A;
    private static final int PONG = 0x0B;
    private static final byte[] NOTHING = {};
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Socket socket;
    private final DataOutputStream out;
    private final DataInputStream in;

    FlydbConnection(int port, String user, String password) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        this.out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        call(AUTH, Map.of("username", user, "password", password));
    }

    /** The reply to a request. */
    JsonNode call(int type, Map<String, ?> fields) throws IOException {
        send(type, JSON.writeValueAsBytes(fields));
        out.flush();
        Reply reply = receive();
        JsonNode answer = JSON.readTree(reply.payload());
        if (reply.type() == ERROR || !answer.path("success").asBoolean(true)) {
            throw new IOException(answer.path("sqlstate").asText() + " "
                    + answer.path("message").asText());
        }
        return answer;
    }

    /** Executes a prepared statement with one parameter; returns how many rows it gave or changed. */
    int execute(String name, long parameter) throws IOException {
        return call(EXECUTE, Map.of("name", name, "params", List.of(parameter)))
                .path("row_count")
                .asInt();
    }

    /** Sends a request and returns how many bytes its reply has, which is not looked into. */
    int skip(int type, Map<String, ?> fields) throws IOException {
        send(type, JSON.writeValueAsBytes(fields));
        out.flush();
        Reply reply = receive();
        if (reply.type() == ERROR) {
            throw new IOException(new String(reply.payload(), StandardCharsets.UTF_8));
        }
        return reply.payload().length;
    }

    /** Sends so many PINGs at once, and waits for all their replies. */
    void ping(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            send(PING, NOTHING);
        }
        out.flush();
        for (int i = 0; i < count; i++) {
            int type = receive().type();
            if (type != PONG) {
                throw new IOException("The reply to a PING is a frame of type " + type);
            }
        }
    }

    private void send(int type, byte[] payload) throws IOException {
        out.writeInt(HEADER | type << 8);
        out.writeInt(payload.length);
        out.write(payload);
    }

    private record Reply(int type, byte[] payload) {}

    private Reply receive() throws IOException {
        int header = in.readInt();
        byte[] payload = new byte[in.readInt()];
        in.readFully(payload);
        return new Reply(header >> 8 & 0xFF, payload);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
