package io.skyport.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyTest {

    @TempDir
    Path directory;

    @Test
    void the_key_is_made_once_and_read_afterwards() {
        byte[] first = SigningKey.in(directory.resolve("data"));

        assertThat(first).hasSize(SigningKey.MIN_BYTES);
        assertThat(SigningKey.in(directory.resolve("data"))).isEqualTo(first);
        assertThat(SigningKey.in(directory.resolve("other"))).isNotEqualTo(first);
    }

    @Test
    void only_the_owner_may_read_the_file_and_nothing_else_is_left() throws IOException {
        SigningKey.in(directory);

        assertThat(directory).isDirectoryContaining(path -> path.endsWith(SigningKey.FILE_NAME));
        assertThat(directory.toFile().list()).containsExactly(SigningKey.FILE_NAME);
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(directory.resolve(SigningKey.FILE_NAME))))
                .isEqualTo("rw-------");
    }

    @Test
    void a_damaged_file_is_named_and_not_replaced() throws IOException {
        Files.writeString(directory.resolve(SigningKey.FILE_NAME), "short");

        assertThatThrownBy(() -> SigningKey.in(directory))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("token.key holds 5 bytes");
    }
}
