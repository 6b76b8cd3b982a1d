package io.skyport.flydb;

import static io.skyport.flydb.FlydbIT.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.SkyportServer;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The bytes of the guide's own examples, and the examples of docs/flydb.md as they stand there. */
class FlydbGuideIT {

    private static SkyportServer server;

    @BeforeAll
    static void start() {
        server = SkyportServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** "Go: Connect and Authenticate": header and payload in two writes. */
    @Test
    void the_guides_go_example_is_let_in() throws IOException {
        byte[] user = SkyportServer.USER.getBytes(StandardCharsets.UTF_8);
        byte[] pass = SkyportServer.PASSWORD.getBytes(StandardCharsets.UTF_8);
        ByteBuffer payload = ByteBuffer.allocate(8 + user.length + pass.length);
        payload.putInt(user.length).put(user).putInt(pass.length).put(pass);
        ByteBuffer header = ByteBuffer.allocate(8);
        header.put((byte) 0xFD).put((byte) 0x01).put((byte) 0x08).put((byte) 0).putInt(payload.capacity());
        try (Socket socket = socket()) {
            socket.getOutputStream().write(header.array());
            socket.getOutputStream().flush();
            socket.getOutputStream().write(payload.array());

            assertThat(binaryResult(socket)).isEqualTo("1 authenticated");
        }
    }

    /** "Java: JDBC-Style Connection": the header byte by byte. */
    @Test
    void the_guides_java_example_is_let_in() throws IOException {
        try (Socket socket = socket()) {
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            byte[] userBytes = SkyportServer.USER.getBytes(StandardCharsets.UTF_8);
            byte[] passBytes = SkyportServer.PASSWORD.getBytes(StandardCharsets.UTF_8);
            ByteArrayOutputStream payload = new ByteArrayOutputStream();
            DataOutputStream dos = new DataOutputStream(payload);
            dos.writeInt(userBytes.length);
            dos.write(userBytes);
            dos.writeInt(passBytes.length);
            dos.write(passBytes);
            byte[] payloadBytes = payload.toByteArray();
            out.writeByte(0xFD);
            out.writeByte(0x01);
            out.writeByte(0x08);
            out.writeByte(0x00);
            out.writeInt(payloadBytes.length);
            out.write(payloadBytes);
            out.flush();

            assertThat(binaryResult(socket)).isEqualTo("1 authenticated");
        }
    }

    /** "Python: Execute Query": json.dumps puts blanks behind colons and commas. */
    @Test
    void the_guides_python_example_gets_its_rows() {
        try (FlydbClient client = FlydbClient.driver(server)) {
            byte[] payload = "{\"query\": \"SELECT 1 AS one\"}".getBytes(StandardCharsets.UTF_8);
            client.send(0x01, 0, payload);

            assertThat(client.receive().json().path("rows").toString()).isEqualTo("[[1]]");
        }
    }

    @Test
    void the_python_example_of_the_documentation_runs() throws Exception {
        Process python;
        try {
            python =
                    new ProcessBuilder("python3", "-").redirectErrorStream(true).start();
        } catch (IOException e) {
            Assumptions.abort("there is no python3");
            return;
        }
        python.destroy();
        ProcessBuilder builder = new ProcessBuilder("python3", "-c", block("python")).redirectErrorStream(true);
        builder.environment().put("FLYDB_PORT", String.valueOf(server.flydbPort()));
        builder.environment().put("FLYDB_USER", SkyportServer.USER);
        builder.environment().put("FLYDB_PASSWORD", SkyportServer.PASSWORD);
        Process example = builder.start();
        String output = new String(example.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(example.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(output).isEqualTo("authenticated\n[[1, 'Rex']]\n");
    }

    @Test
    void the_java_example_of_the_documentation_runs_and_is_what_stands_here() throws IOException {
        List<String> replies = javaExample("127.0.0.1", server.flydbPort(), SkyportServer.USER, SkyportServer.PASSWORD);

        assertThat(replies).hasSize(2);
        assertThat(replies.get(0)).startsWith("9 \u0001").endsWith("authenticated");
        assertThat(replies.get(1)).startsWith("2 {").contains("\"rows\":[[42]]");
        assertThat(withoutBlanks(Files.readString(Path.of("src/test/java/io/skyport/flydb/FlydbGuideIT.java"))))
                .contains(withoutBlanks(block("java")));
    }

    @Test
    void what_the_documentation_says_is_not_there_is_refused_as_it_says() throws IOException {
        String text = Files.readString(Path.of("docs/flydb.md"));
        List<String> statements = text.substring(text.indexOf("## What is not there"))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(0, line.indexOf(" | ")))
                .flatMap(cell -> Pattern.compile("`([^`]+)`").matcher(cell).results())
                .map(match -> match.group(1))
                .toList();
        assertThat(statements).hasSizeGreaterThan(12);
        try (FlydbClient client = FlydbClient.driver(server)) {
            client.result("CREATE TABLE IF NOT EXISTS users (id INT)");
            for (String statement : statements) {
                assertError(client.query(statement), 501, "0A000", "not supported");
            }
        }
    }

    private static List<String> javaExample(String host, int port, String username, String password)
            throws IOException {
        List<String> replies = new ArrayList<>();
        try (Socket socket = new Socket(host, port)) {
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            byte[] query = "{\"query\":\"SELECT 42 AS answer\"}".getBytes(StandardCharsets.UTF_8);
            byte[] user = username.getBytes(StandardCharsets.UTF_8);
            byte[] pass = password.getBytes(StandardCharsets.UTF_8);
            out.writeInt(0xFD010800); // magic, version, Auth, no flags
            out.writeInt(8 + user.length + pass.length);
            out.writeInt(user.length);
            out.write(user);
            out.writeInt(pass.length);
            out.write(pass);
            out.writeInt(0xFD010100); // Query
            out.writeInt(query.length);
            out.write(query);
            for (int reply = 0; reply < 2; reply++) {
                int header = in.readInt();
                byte[] payload = new byte[in.readInt()];
                in.readFully(payload);
                replies.add((header >> 8 & 0xFF) + " " + new String(payload, StandardCharsets.UTF_8));
            }
        }
        return replies;
    }

    private static Socket socket() throws IOException {
        return new Socket("127.0.0.1", server.flydbPort());
    }

    private static String binaryResult(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        assertThat(in.readInt()).isEqualTo(0xFD010900);
        byte[] payload = new byte[in.readInt()];
        in.readFully(payload);
        ByteBuffer result = ByteBuffer.wrap(payload);
        byte success = result.get();
        byte[] message = new byte[result.getInt()];
        result.get(message);
        assertThat(result.hasRemaining()).isFalse();
        return success + " " + new String(message, StandardCharsets.UTF_8);
    }

    private static String block(String language) throws IOException {
        String text = Files.readString(Path.of("docs/flydb.md"));
        String start = "```" + language + "\n";
        int from = text.indexOf(start) + start.length();
        return text.substring(from, text.indexOf("```", from));
    }

    private static String withoutBlanks(String text) {
        return text.replaceAll("\\s+", "");
    }
}
