package io.skyport.statements;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Files of statements by their endings. */
final class SltFiles {

    private static final List<String> ENDINGS = List.of(".test", ".slt", ".test_slow", ".test_coverage");

    private SltFiles() {}

    /** The file itself, or those below a folder, sorted. */
    static List<Path> under(Path path) throws IOException {
        if (Files.isRegularFile(path)) {
            return List.of(path);
        }
        try (Stream<Path> files = Files.walk(path)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> ENDINGS.stream().anyMatch(file.toString()::endsWith))
                    .sorted()
                    .toList();
        }
    }
}
