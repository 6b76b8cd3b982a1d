package io.skyport.engine;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Arrow batches put aside on disk: one IPC stream in a file that goes with {@link #close()}. Written by one thread, then
 * {@link #finish finished}, then read any number of times. Columns with dictionaries are not taken.
 */
public final class Spool implements AutoCloseable {

    private static final String PREFIX = "skyport-";
    private static final String SUFFIX = ".arrows";

    private final Path file;
    private final SpoolLimit limit;
    private final FileChannel output;
    private final WriteChannel channel;
    private long bytes;
    private boolean closed;

    private Spool(Path file, Schema schema, SpoolLimit limit) throws IOException {
        this.file = file;
        this.limit = limit;
        this.output = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        this.channel = new WriteChannel(output);
        MessageSerializer.serialize(channel, schema);
    }

    /** The directory, in which what a server that was killed had put aside is gone. */
    static Path withoutLeftovers(Path directory) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, PREFIX + "*" + SUFFIX)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        return directory;
    }

    /** @throws SkyportException 58030 if no file can be made in {@code directory} */
    static Spool create(Path directory, Schema schema, SpoolLimit limit) {
        try {
            return new Spool(Files.createTempFile(directory, PREFIX, SUFFIX), schema, limit);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /**
     * Writes a batch, which stays the caller's.
     *
     * @throws SkyportException 53100 if all spools together are too large, 58030 if it cannot be written
     */
    public void add(VectorSchemaRoot batch) {
        try (ArrowRecordBatch unloaded = new VectorUnloader(batch).getRecordBatch()) {
            long size = unloaded.computeBodyLength();
            limit.take(size);
            bytes += size;
            MessageSerializer.serialize(channel, unloaded);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Says that there are no more batches. */
    public void finish() {
        try {
            ArrowStreamWriter.writeEndOfStream(channel, IpcOption.DEFAULT);
            output.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** The batches from the first one on. The reader must be closed before this is. */
    public ArrowReader read(BufferAllocator allocator) {
        try {
            return new ArrowStreamReader(FileChannel.open(file, StandardOpenOption.READ), allocator);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** How large the batches are. */
    public long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        limit.giveBack(bytes);
        try {
            output.close();
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static SkyportException failed(IOException e) {
        return new SkyportException(ErrorCode.IO_ERROR, "rows cannot be put aside on disk: " + e.getMessage(), e);
    }
}
