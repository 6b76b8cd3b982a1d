package io.skyport;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.flightsql.FlightServerState;
import io.skyport.flydb.server.FlydbServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.util.FileSystemUtils;

/**
 * The real application on free ports and a data directory of its own, for end-to-end tests.
 *
 * <p>Settings are {@code name=value} and win over the defaults here: users {@link #USER} (admin), {@link #READER} (no role),
 * the static token {@link #TOKEN} of {@link #USER}, and SQL may read and write files below {@link #files()}.
 */
public final class SkyportServer implements AutoCloseable {

    public static final String USER = "alice";
    public static final String PASSWORD = "secret";
    public static final String READER = "bob";
    public static final String READER_PASSWORD = "pass:word";
    public static final String TOKEN = "static-token-of-alice";

    /** {@link #READER_PASSWORD}, hashed with little work because tests start many servers. */
    private static final String READER_HASH = "{bcrypt}$2a$04$VQ8O1Ysc5TYmwar83VYOPuFRl.IyYtL4EmlSOiFr3jehdCSDOePl2";

    private final ServletWebServerApplicationContext context;
    private final Path directory;
    private final boolean temporary;
    private final BufferAllocator rootAllocator;

    private SkyportServer(Path directory, boolean temporary, String... settings) {
        this.directory = directory;
        this.temporary = temporary;
        this.context = (ServletWebServerApplicationContext)
                new SpringApplicationBuilder(Skyport.class).run(arguments(directory, settings));
        this.rootAllocator = context.getBean("rootAllocator", BufferAllocator.class);
    }

    /** Starts a server whose data is deleted when it is closed. */
    public static SkyportServer start(String... settings) {
        Path directory = temporaryDirectory();
        try {
            return new SkyportServer(directory, true, settings);
        } catch (RuntimeException e) {
            delete(directory);
            throw e;
        }
    }

    /** Starts a server whose data stays in {@code directory}, for example to be found by the next one. */
    public static SkyportServer startIn(Path directory, String... settings) {
        return new SkyportServer(directory, false, settings);
    }

    /** The arguments of {@link Skyport#main} for a server in {@code directory}: what {@link #startIn} uses. */
    public static String[] arguments(Path directory, String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "skyport.data-dir=" + directory.resolve("data"),
                "skyport.engine.allowed-directories=" + filesIn(directory),
                // What a first query costs does not matter here, what a start costs does.
                "skyport.startup.warm-up=false",
                "grpc.server.address=127.0.0.1",
                "grpc.server.port=0",
                "skyport.flydb.address=127.0.0.1",
                "skyport.flydb.port=0",
                // Making a certificate takes a second.
                "skyport.flydb.tls.enabled=false",
                // All tests have one address.
                "skyport.security.max-login-delay=0s",
                "server.address=127.0.0.1",
                "server.port=0"));
        if (Arrays.stream(settings).noneMatch(setting -> setting.startsWith("skyport.security.users"))) {
            all.addAll(List.of(
                    "skyport.security.users[0].name=" + USER,
                    "skyport.security.users[0].password={noop}" + PASSWORD,
                    "skyport.security.users[0].roles=admin",
                    "skyport.security.users[1].name=" + READER,
                    "skyport.security.users[1].password=" + READER_HASH,
                    "skyport.security.tokens[0].token=" + TOKEN,
                    "skyport.security.tokens[0].user=" + USER));
        }
        all.removeIf(
                setting -> Arrays.stream(settings).anyMatch(given -> name(given).equals(name(setting))));
        all.addAll(List.of(settings));
        return all.stream().map(setting -> "--" + setting).toArray(String[]::new);
    }

    /** The port of Flight SQL on 127.0.0.1. */
    public int flightPort() {
        return bean(FlightServerState.class).port().orElseThrow();
    }

    /** The port of FlyDB on 127.0.0.1. */
    public int flydbPort() {
        return bean(FlydbServer.class).port().orElseThrow();
    }

    /** The port of Actuator on 127.0.0.1. */
    public int httpPort() {
        return context.getWebServer().getPort();
    }

    /** Connects {@link #USER}. */
    public String jdbcUrl() {
        return jdbcUrl("user=" + USER + "&password=" + PASSWORD);
    }

    /** A URL with these properties, for example {@code token=...}, besides {@code useEncryption=false}. */
    public String jdbcUrl(String properties) {
        return "jdbc:arrow-flight-sql://127.0.0.1:" + flightPort() + "/?useEncryption=false&" + properties;
    }

    /** A new JDBC connection of {@link #USER}. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl());
    }

    /** GET on the HTTP port; {@code authorization} may be null. */
    public HttpResponse<String> get(String path, @Nullable String authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort() + path));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return send(request.build());
    }

    /** POST of JSON on the HTTP port; {@code authorization} may be null. */
    public HttpResponse<String> post(String path, String json, @Nullable String authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort() + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return send(request.build());
    }

    /** DELETE on the HTTP port; {@code authorization} may be null. */
    public HttpResponse<String> delete(String path, @Nullable String authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort() + path))
                .DELETE();
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return send(request.build());
    }

    /** The header value for a user. */
    public static String basic(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    /** A bean of the running application. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public ServletWebServerApplicationContext context() {
        return context;
    }

    /** {@code skyport.data-dir}. */
    public Path dataDirectory() {
        return directory.resolve("data");
    }

    /** The directory whose files SQL may read and write. */
    public Path files() {
        return filesIn(directory);
    }

    /** Stops the server as a signal would and checks that no Arrow buffer was lost. */
    @Override
    public void close() {
        context.close();
        if (temporary) {
            delete(directory);
        }
        assertThat(rootAllocator.getAllocatedMemory())
                .as("bytes of Arrow buffers that nobody freed")
                .isZero();
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Without indexes: a list is replaced as a whole. */
    private static String name(String setting) {
        return setting.substring(0, setting.indexOf('=')).replaceAll("\\[.*", "");
    }

    private static Path filesIn(Path directory) {
        try {
            return Files.createDirectories(directory.resolve("files"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("skyport");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) {
        try {
            FileSystemUtils.deleteRecursively(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
