package io.skyport.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @TempDir
    Path directory;

    @Test
    void a_missing_directory_is_made_and_nothing_is_left_in_it() {
        Path data = directory.resolve("a/b");

        DataDirectory.check(data);

        assertThat(data).isEmptyDirectory();
    }

    @Test
    void a_path_that_cannot_be_a_directory_is_named() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        assertThatThrownBy(() -> DataDirectory.check(file))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("skyport.data-dir: cannot write to " + file);
        assertThatThrownBy(() -> DataDirectory.check(file.resolve("below"))).hasMessageContaining("skyport.data-dir");
    }
}
