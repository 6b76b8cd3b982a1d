package io.skyport.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The directory of everything durable.
 *
 * @param path real path
 * @param spill where queries spill to
 * @param external Parquet files that stand for external tables of other formats
 */
record DataDirectory(Path path, Path spill, Path external) {

    private static final String SUFFIX = ".duckdb";

    static DataDirectory open(Path directory, EngineProperties properties) throws IOException {
        Path path = Files.createDirectories(directory).toRealPath();
        Path spill = properties.tempDirectory() == null ? path.resolve("tmp") : properties.tempDirectory();
        return new DataDirectory(
                path,
                Files.createDirectories(spill).toRealPath(),
                Files.createDirectories(path.resolve("external")).toRealPath());
    }

    /** The files of all databases, {@code default} first, which may not exist yet. */
    List<Path> databases() throws IOException {
        Path first = path.resolve(Engine.DEFAULT_DATABASE + SUFFIX);
        List<Path> databases = new ArrayList<>(List.of(first));
        try (Stream<Path> files = Files.list(path)) {
            files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .filter(file -> !file.equals(first))
                    .sorted()
                    .forEach(databases::add);
        }
        return databases;
    }

    static String databaseName(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - SUFFIX.length());
    }
}
