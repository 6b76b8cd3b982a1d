package io.skyport.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;

/** A client of the FlyDB protocol as its guide describes one: a frame, then the reply to it. For one thread. */
final class FlydbConnection implements AutoCloseable {

    static final int QUERY = 0x01;
    static final int PREPARE = 0x04;
    static final int EXECUTE = 0x06;
    static final int BEGIN = 0x30;
    static final int COMMIT = 0x31;
    static final int ROLLBACK = 0x32;

    private static final int HEADER = 0xFD010000;
    private static final int ERROR = 0x03;
    private static final int AUTH = 0x08;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Socket socket;
    private final DataOutputStream out;
    private final DataInputStream in;

    FlydbConnection(int port, String user, String password) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        this.out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
        this.in = new DataInputStream(socket.getInputStream());
        call(AUTH, Map.of("username", user, "password", password));
    }

    /** The reply to a request. */
    JsonNode call(int type, Map<String, ?> fields) throws IOException {
        byte[] payload = JSON.writeValueAsBytes(fields);
        out.writeInt(HEADER | type << 8);
        out.writeInt(payload.length);
        out.write(payload);
        out.flush();
        int header = in.readInt();
        byte[] reply = new byte[in.readInt()];
        in.readFully(reply);
        JsonNode answer = JSON.readTree(reply);
        if ((header >> 8 & 0xFF) == ERROR || !answer.path("success").asBoolean(true)) {
            throw new IOException(answer.path("sqlstate").asText() + " "
                    + answer.path("message").asText());
        }
        return answer;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
