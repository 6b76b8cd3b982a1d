package io.skyport.config;

import io.skyport.engine.EngineProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds out at the start, and not at the first write, that the data directory does not serve. */
final class DataDirectory {

    private DataDirectory() {}

    /**
     * Makes the directory if it is missing and tries to write to it.
     *
     * @throws IllegalStateException naming the directory and what is wrong with it
     */
    static void check(Path directory) {
        check("skyport.data-dir", directory);
    }

    /** The same for other directories of the server, and those whose files SQL may use. */
    static void check(EngineProperties engine) {
        if (engine.tempDirectory() != null) {
            check("skyport.engine.temp-directory", engine.tempDirectory());
        }
        for (Path allowed : engine.allowedDirectories()) {
            try {
                Files.createDirectories(allowed);
            } catch (IOException e) {
                throw new IllegalStateException(
                        "skyport.engine.allowed-directories: " + allowed + " is no directory: " + why(e), e);
            }
        }
    }

    private static void check(String property, Path directory) {
        Path absolute = directory.toAbsolutePath().normalize();
        try {
            Files.createDirectories(directory);
            Files.delete(Files.createTempFile(directory, "skyport", ".probe"));
        } catch (IOException e) {
            throw new IllegalStateException(property + ": cannot write to " + absolute + ": " + why(e), e);
        }
    }

    /**
     * Statements read and write whatever lies in the allowed directories: the key of access tokens and the databases must not.
     *
     * @throws IllegalStateException naming the allowed directory
     */
    static void requireApart(Path data, EngineProperties engine) {
        List<Path> own = new ArrayList<>(List.of(real(data.resolve("tmp")), real(data.resolve("external"))));
        own.add(real(data.resolve("created")));
        if (engine.tempDirectory() != null) {
            own.add(real(engine.tempDirectory()));
        }
        for (Path allowed : engine.allowedDirectories()) {
            Path directory = real(allowed);
            boolean reaches = real(data).startsWith(directory)
                    || own.stream().anyMatch(path -> path.startsWith(directory) || directory.startsWith(path));
            if (reaches) {
                throw new IllegalStateException(
                        "skyport.engine.allowed-directories: " + allowed
                                + " would let SQL read the server's own files (skyport.data-dir, skyport.engine.temp-directory)");
            }
        }
    }

    /** As far as it exists. */
    private static Path real(Path path) {
        Path existing = path.toAbsolutePath().normalize();
        Path rest = Path.of("");
        while (existing.getParent() != null && Files.notExists(existing)) {
            rest = existing.getFileName().resolve(rest);
            existing = existing.getParent();
        }
        try {
            return existing.toRealPath().resolve(rest).normalize();
        } catch (IOException e) {
            return existing.resolve(rest).normalize();
        }
    }

    private static String why(IOException e) {
        return e.getClass().getSimpleName().replaceAll("Exception$", "") + " " + e.getMessage();
    }
}
