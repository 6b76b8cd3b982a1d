package io.skyport.session;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory that is there with all its files, safe on disk, or not at all: they are written in another one beside it, which
 * gets its name at the end. Used by one thread.
 */
final class ExportDirectory implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ExportDirectory.class);

    private final Path directory;
    private final Path written;
    private boolean finished;

    private ExportDirectory(Path directory, Path written) {
        this.directory = directory;
        this.written = written;
    }

    /**
     * Makes the other one.
     *
     * @param directory a real path
     * @throws SkyportException 58030 if it is there and not empty, 42501 if it is not where it was when it was allowed
     */
    static ExportDirectory begin(Path directory) {
        Path parent = parent(directory);
        Path written = directory.resolveSibling("." + directory.getFileName() + "." + UUID.randomUUID());
        try {
            requireFree(directory);
            Files.createDirectories(parent);
            if (!parent.toRealPath().equals(parent)) {
                throw new SkyportException(
                        ErrorCode.INSUFFICIENT_PRIVILEGE, parent + " has become another directory than it was");
            }
            Files.createDirectory(written);
            return new ExportDirectory(directory, written);
        } catch (IOException e) {
            throw unwritable(directory, e);
        }
    }

    private static Path parent(Path directory) {
        return Objects.requireNonNull(directory.getParent());
    }

    private static void requireFree(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
                if (!files.iterator().hasNext()) {
                    return;
                }
            }
        }
        throw new SkyportException(
                ErrorCode.IO_ERROR,
                directory + " is there already: an export makes its directory, or takes an empty one");
    }

    /** Where a file of it is to be written. */
    Path file(String name) {
        return written.resolve(name);
    }

    void write(String name, String text) {
        try {
            Files.write(file(name), text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw unwritable(directory, e);
        }
    }

    /** It has all its files. */
    void finish() {
        try {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(written)) {
                for (Path file : files) {
                    force(file);
                }
            }
            force(written);
            Files.move(written, directory, StandardCopyOption.ATOMIC_MOVE);
            finished = true;
            force(parent(directory));
        } catch (IOException e) {
            throw unwritable(directory, e);
        }
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Deletes what was written, unless all was. */
    @Override
    public void close() {
        if (finished) {
            return;
        }
        try {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(written)) {
                for (Path file : files) {
                    Files.delete(file);
                }
            }
            Files.delete(written);
        } catch (IOException e) {
            log.warn("Cannot delete what an export that failed left in {}", written, e);
        }
    }

    private static SkyportException unwritable(Path directory, IOException cause) {
        return new SkyportException(
                ErrorCode.IO_ERROR, "cannot write the export " + directory + ": " + cause.getMessage(), cause);
    }
}
