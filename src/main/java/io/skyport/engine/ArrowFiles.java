package io.skyport.engine;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Arrow IPC files for an engine that reads Parquet: CREATE EXTERNAL TABLE ... STORED AS ARROW copies them once.
 *
 * <p>The copies are {@code <data-dir>/external/<uuid>.parquet}. Whoever drops the table discards its copy.
 */
public final class ArrowFiles {

    private static final Logger LOG = LoggerFactory.getLogger(ArrowFiles.class);
    private static final Pattern COPY = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.parquet");

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

    /** Deletes a copy whose table is gone; if that fails, {@link #keepOnly} does it at the next start. */
    public void discard(Path parquet) {
        try {
            delete(parquet);
        } catch (SkyportException e) {
            LOG.warn("A copy of Arrow files stays until the next start: {}", e.text());
        }
    }

    /**
     * Deletes the copies that no table reads: a crash may leave some. Only before statements run.
     *
     * @param read names of files; their directories do not count, which may have been others
     * @throws SkyportException 58030 if the directory cannot be read
     */
    public void keepOnly(Set<String> read) {
        try (Stream<Path> copies = Files.list(engine.data().external())) {
            copies.filter(copy -> COPY.matcher(copy.getFileName().toString()).matches())
                    .filter(copy -> !read.contains(copy.getFileName().toString()))
                    .forEach(this::discard);
        } catch (IOException e) {
            throw new SkyportException(
                    ErrorCode.IO_ERROR, "cannot read " + engine.data().external(), e);
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
