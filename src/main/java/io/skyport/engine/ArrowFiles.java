package io.skyport.engine;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Arrow IPC files for an engine that reads Parquet: CREATE EXTERNAL TABLE ... STORED AS ARROW copies them once.
 *
 * <p>The copies are {@code <data-dir>/external/<uuid>.parquet}. Whoever drops the table deletes its copy.
 */
public final class ArrowFiles {

    private final DuckDbEngine engine;
    private final AllowedDirectories allowed;
    private final BufferAllocator allocator;

    public ArrowFiles(DuckDbEngine engine, AllowedDirectories allowed, BufferAllocator allocator) {
        this.engine = engine;
        this.allowed = allowed;
        this.allocator = allocator;
    }

    /**
     * Converts Arrow IPC files or streams of one schema, batch by batch.
     *
     * @param location a file, a directory or a glob within the allowed directories
     * @return the Parquet file
     * @throws SkyportException 42501 outside the allowed directories, 58P01 if there is no file, 42804 if the schemas
     *     differ, 22000 if a file is not Arrow IPC
     */
    public Path toParquet(String location) {
        List<Path> files = allowed.files(location);
        String name = UUID.randomUUID().toString();
        Path parquet = engine.data().external().resolve(name + ".parquet");
        String stream = "arrow_" + name;
        boolean written = false;
        try (BufferAllocator child = allocator.newChildAllocator("arrow files", 0, allocator.getLimit());
                ArrowFilesReader reader = new ArrowFilesReader(files, child);
                EngineConnection connection = engine.acquire()) {
            connection.ingest(
                    "COPY (SELECT * FROM " + Sql.identifier(stream) + ") TO " + Sql.literal(parquet.toString())
                            + " (FORMAT parquet)",
                    stream,
                    reader);
            written = true;
            return parquet;
        } catch (IOException e) {
            throw new SkyportException(ErrorCode.DATA_EXCEPTION, location + ": " + e.getMessage(), e);
        } finally {
            if (!written) {
                delete(parquet);
            }
        }
    }

    /** Deletes a copy; one that is gone already is fine, a path elsewhere is refused with 42501. */
    public void delete(Path parquet) {
        if (!engine.data()
                .external()
                .equals(parquet.toAbsolutePath().normalize().getParent())) {
            throw new SkyportException(ErrorCode.INSUFFICIENT_PRIVILEGE, parquet + " is no copy of Arrow files");
        }
        try {
            Files.deleteIfExists(parquet);
        } catch (IOException e) {
            throw new SkyportException(ErrorCode.IO_ERROR, "cannot delete " + parquet + ": " + e.getMessage(), e);
        }
    }
}
