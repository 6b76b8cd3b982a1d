package io.skyport.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The directory of everything durable.
 *
 * @param path real path
 * @param spill where queries spill to
 * @param external Parquet files that stand for external tables of other formats
 */
record DataDirectory(Path path, Path spill, Path external) {

    static DataDirectory open(Path directory, EngineProperties properties) throws IOException {
        Path path = Files.createDirectories(directory).toRealPath();
        Path spill = properties.tempDirectory() == null ? path.resolve("tmp") : properties.tempDirectory();
        return new DataDirectory(
                path,
                Spool.withoutLeftovers(Files.createDirectories(spill).toRealPath()),
                Files.createDirectories(path.resolve("external")).toRealPath());
    }
}
