package io.skyport.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Shuts DuckDB in: after it nothing outside the allowed directories is read or written and no setting changes any more.
 *
 * <p>What DuckDB allows beyond them: the files of attached databases (with their logs), by itself, and the spill
 * directory; and the files that databases begin in ({@link DatabaseFiles}). Those files therefore can be read as bytes; statements with locations are checked by
 * {@link AllowedDirectories} before they reach the engine.
 */
final class Sandbox {

    private Sandbox() {}

    /** Creates what does not exist yet and returns the directories as DuckDB compares them: real paths. */
    static List<Path> realDirectories(List<Path> directories) throws IOException {
        List<Path> real = new ArrayList<>();
        for (Path directory : directories) {
            real.add(Files.createDirectories(directory).toRealPath());
        }
        return List.copyOf(real);
    }

    /** @param files allowed beside the directories */
    static void close(Statement statement, List<Path> directories, List<Path> files) throws SQLException {
        String list = directories.stream()
                .map(directory -> Sql.literal(directory + "/"))
                .collect(Collectors.joining(", ", "[", "]"));
        statement.execute("SET GLOBAL allowed_directories = " + list);
        statement.execute("SET GLOBAL allowed_paths = "
                + files.stream().map(file -> Sql.literal(file.toString())).collect(Collectors.joining(", ", "[", "]")));
        statement.execute("SET GLOBAL enable_external_access = false");
        statement.execute("SET GLOBAL lock_configuration = true");
    }
}
