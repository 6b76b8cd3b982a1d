package io.skyport.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedDirectoriesTest {

    @TempDir
    private Path directory;

    private Path in;
    private AllowedDirectories allowed;

    @BeforeEach
    void create_files() throws IOException {
        directory = directory.toRealPath();
        in = directory.resolve("in");
        allowed = new AllowedDirectories(List.of(in));
        Files.createDirectories(in.resolve("sub"));
        Files.writeString(in.resolve("a.csv"), "");
        Files.writeString(in.resolve("b.csv"), "");
        Files.writeString(in.resolve("sub/c.csv"), "");
        Path out = Files.createDirectories(directory.resolve("out"));
        Files.writeString(out.resolve("secret.csv"), "");
        Files.createDirectories(directory.resolve("in-not"));
        Files.createSymbolicLink(in.resolve("link"), out);
        Files.createSymbolicLink(in.resolve("link.txt"), out.resolve("secret.csv"));
        Files.createSymbolicLink(in.resolve("dangling"), out.resolve("not yet"));
    }

    private static ErrorCode code(Runnable call) {
        return catchThrowableOfType(SkyportException.class, call::run).code();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/passwd", "DIR/out/secret.csv", "DIR/in/../out/secret.csv", "DIR/in/link/secret.csv",
                        "DIR/in/link.txt",
                "DIR/in/link/../secret.csv", "DIR/in/dangling", "DIR/in/new/../../out/x", "DIR/in-not/x",
                        "DIR/*/secret.csv",
                "DIR/in/*/../../out/secret.csv", "DIR/in/link/*.csv", "relative.csv", "s3://bucket/x", "DIR"
            })
    void a_location_outside_is_refused(String location) {
        String located = location.replace("DIR", directory.toString());
        assertThat(code(() -> allowed.require(located))).isEqualTo(ErrorCode.INSUFFICIENT_PRIVILEGE);
    }

    @Test
    void a_location_inside_is_its_real_path() {
        assertThat(allowed.require(in + "/sub/../a.csv")).isEqualTo(in + "/a.csv");
        assertThat(allowed.require(in + "/new.csv")).isEqualTo(in + "/new.csv");
        assertThat(allowed.require(in + "/**/*.csv")).isEqualTo(in + "/**/*.csv");
    }

    @Test
    void a_location_stands_for_its_files() {
        assertThat(allowed.files(in + "/a.csv")).containsExactly(in.resolve("a.csv"));
        assertThat(allowed.files(in + "/*.csv")).containsExactly(in.resolve("a.csv"), in.resolve("b.csv"));
        assertThat(allowed.files(in + "/**/*.csv")).contains(in.resolve("sub/c.csv"));
        assertThat(allowed.files(in + "/sub")).containsExactly(in.resolve("sub/c.csv"));
        assertThat(code(() -> allowed.files(in + "/*.nope"))).isEqualTo(ErrorCode.UNDEFINED_FILE);
        assertThat(code(() -> allowed.files(in + "/nope.csv"))).isEqualTo(ErrorCode.UNDEFINED_FILE);
    }

    @Test
    void a_glob_that_finds_a_link_to_the_outside_is_refused() {
        assertThat(code(() -> allowed.files(in + "/*.txt"))).isEqualTo(ErrorCode.INSUFFICIENT_PRIVILEGE);
    }

    @Test
    void without_directories_nothing_is_allowed() {
        AllowedDirectories none = new AllowedDirectories(List.of());
        assertThat(code(() -> none.require(in + "/a.csv"))).isEqualTo(ErrorCode.INSUFFICIENT_PRIVILEGE);
    }
}
