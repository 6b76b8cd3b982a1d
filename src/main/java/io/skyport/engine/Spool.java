package io.skyport.engine;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.ReadChannel;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Arrow batches put aside: one IPC stream, in memory while it is small, then in a file that goes with {@link #close()}. Written by one thread, then
 * {@link #finish finished}, then read any number of times. Columns with dictionaries are not taken.
 */
public final class Spool implements AutoCloseable {

    private static final String PREFIX = "skyport-";
    private static final String SUFFIX = ".arrows";

    /** What takes no more than this stays in memory. */
    private static final int BYTES_IN_MEMORY = 64 * 1024;

    private final Path directory;
    private final SpoolLimit limit;
    private final Output output = new Output();
    private final WriteChannel channel = new WriteChannel(output);
    /** Where each batch begins. */
    private final List<Long> offsets = new ArrayList<>();

    private final Schema schema;
    private long bytes;
    private boolean closed;

    private Spool(Path directory, Schema schema, SpoolLimit limit) {
        this.directory = directory;
        this.schema = schema;
        this.limit = limit;
    }

    /** Bytes in memory as long as they are few, then in a file. */
    private final class Output implements WritableByteChannel {

        private @Nullable ByteArrayOutputStream memory = new ByteArrayOutputStream();
        private @Nullable Path file;
        private @Nullable FileChannel written;

        @Override
        public int write(ByteBuffer source) throws IOException {
            ByteArrayOutputStream few = memory;
            if (few != null && few.size() + source.remaining() <= BYTES_IN_MEMORY) {
                byte[] copied = new byte[source.remaining()];
                source.get(copied);
                few.write(copied);
                return copied.length;
            }
            return file().write(source);
        }

        private FileChannel file() throws IOException {
            FileChannel open = written;
            if (open == null) {
                file = Files.createTempFile(directory, PREFIX, SUFFIX);
                open = FileChannel.open(file, StandardOpenOption.WRITE);
                written = open;
                if (memory != null) {
                    ByteBuffer begun = ByteBuffer.wrap(memory.toByteArray());
                    while (begun.hasRemaining()) {
                        open.write(begun);
                    }
                }
                memory = null;
            }
            return open;
        }

        ReadableByteChannel read() throws IOException {
            return readFrom(0);
        }

        ReadableByteChannel readFrom(long offset) throws IOException {
            if (memory != null) {
                byte[] few = memory.toByteArray();
                return Channels.newChannel(new ByteArrayInputStream(few, (int) offset, few.length));
            }
            return FileChannel.open(Objects.requireNonNull(file), StandardOpenOption.READ)
                    .position(offset);
        }

        @Override
        public boolean isOpen() {
            return !closed;
        }

        /** Nothing more is written. */
        @Override
        public void close() throws IOException {
            if (written != null) {
                written.close();
            }
        }

        void delete() throws IOException {
            close();
            if (file != null) {
                Files.deleteIfExists(file);
            }
        }
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

    /** @throws SkyportException 58030 if {@code directory} cannot be written to */
    static Spool create(Path directory, Schema schema, SpoolLimit limit) {
        Spool spool = new Spool(directory, schema, limit);
        try {
            MessageSerializer.serialize(spool.channel, schema);
            return spool;
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
            offsets.add(channel.getCurrentPosition());
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
            return new ArrowStreamReader(output.read(), allocator);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** One batch, given by its number from 0: the caller's. */
    public VectorSchemaRoot read(int batch, BufferAllocator allocator) {
        try (ReadChannel bytes = new ReadChannel(output.readFrom(offsets.get(batch)));
                ArrowRecordBatch read = MessageSerializer.deserializeRecordBatch(bytes, allocator)) {
            VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator);
            new VectorLoader(root).load(read);
            return root;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /**
     * The batches from the one of number {@code from} up to the one before {@code to}. They are there; others may still be
     * added, but not while this is called. What is open when the spool is closed can be read to its end.
     */
    public SpooledBatches read(int from, int to, BufferAllocator allocator) {
        try {
            long offset = from < to ? offsets.get(from) : 0;
            return new SpooledBatches(new ReadChannel(output.readFrom(offset)), schema, to - from, allocator);
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
            output.delete();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    static SkyportException failed(IOException e) {
        return new SkyportException(ErrorCode.IO_ERROR, "rows cannot be put aside on disk: " + e.getMessage(), e);
    }
}
