package io.skyport.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds out at the start, and not at the first write, that the data directory does not serve. */
final class DataDirectory {

    private DataDirectory() {}

    /**
     * Makes the directory if it is missing and tries to write to it.
     *
     * @throws IllegalStateException naming the directory and what is wrong with it
     */
    static void check(Path directory) {
        Path absolute = directory.toAbsolutePath().normalize();
        try {
            Files.createDirectories(directory);
            Files.delete(Files.createTempFile(directory, "skyport", ".probe"));
        } catch (IOException e) {
            throw new IllegalStateException("skyport.data-dir: cannot write to " + absolute + ": " + why(e), e);
        }
    }

    private static String why(IOException e) {
        return e.getClass().getSimpleName().replaceAll("Exception$", "") + " " + e.getMessage();
    }
}
