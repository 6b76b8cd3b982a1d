package io.skyport.engine;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Arrow IPC files and streams of one schema, one after the other. One is open at a time. */
final class ArrowFilesReader extends ArrowReader {

    private static final byte[] FILE_MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);

    private static final int IPC_CONTINUATION = -1;
    private static final int START_LENGTH = 2 * Integer.BYTES;

    private final List<Path> files;
    private int opened;
    private ArrowReader current;
    private final VectorSchemaRoot root;
    private final Schema schema;

    /** @param files at least one */
    ArrowFilesReader(List<Path> files, BufferAllocator allocator) throws IOException {
        super(allocator);
        this.files = files;
        this.current = open(files.get(0));
        this.opened = 1;
        try {
            this.schema = current.getVectorSchemaRoot().getSchema();
            this.root = VectorSchemaRoot.create(schema, allocator);
        } catch (IOException | RuntimeException e) {
            current.close();
            throw unreadable(files.get(0), e);
        }
    }

    private ArrowReader open(Path file) throws IOException {
        SeekableByteChannel channel = Files.newByteChannel(file);
        ByteBuffer start = ByteBuffer.allocate(START_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        while (start.hasRemaining() && channel.read(start) >= 0) {}
        channel.position(0);
        if (Arrays.equals(start.array(), 0, FILE_MAGIC.length, FILE_MAGIC, 0, FILE_MAGIC.length)) {
            return new ArrowFileReader(channel, allocator);
        }
        if (!startsStream(start, channel.size())) {
            channel.close();
            throw new SkyportException(
                    ErrorCode.DATA_EXCEPTION, file.getFileName() + " is no Arrow IPC file or stream");
        }
        return new ArrowStreamReader(channel, allocator);
    }

    /** Arrow's reader believes any length and allocates it: what cannot be a schema message must not reach it. */
    private static boolean startsStream(ByteBuffer start, long fileSize) {
        int schemaLength = start.getInt(Integer.BYTES);
        return start.getInt(0) == IPC_CONTINUATION && schemaLength > 0 && schemaLength <= fileSize;
    }

    @Override
    public boolean loadNextBatch() throws IOException {
        while (true) {
            try {
                if (current.loadNextBatch()) {
                    transfer();
                    return true;
                }
            } catch (IOException | RuntimeException e) {
                throw unreadable(files.get(opened - 1), e);
            }
            if (opened == files.size()) {
                return false;
            }
            next(files.get(opened++));
        }
    }

    private void next(Path file) throws IOException {
        current.close();
        current = open(file);
        Schema other;
        try {
            other = current.getVectorSchemaRoot().getSchema();
        } catch (IOException | RuntimeException e) {
            throw unreadable(file, e);
        }
        if (!other.getFields().equals(schema.getFields())) {
            throw new SkyportException(
                    ErrorCode.DATATYPE_MISMATCH,
                    file.getFileName() + " has the columns " + names(other) + " where "
                            + files.get(0).getFileName() + " has " + names(schema));
        }
    }

    private static String names(Schema schema) {
        return schema.getFields().stream().map(Field::toString).toList().toString();
    }

    /** Each file has vectors of its own; DuckDB knows only those of the first. */
    private void transfer() throws IOException {
        VectorSchemaRoot batch = current.getVectorSchemaRoot();
        for (int i = 0; i < batch.getFieldVectors().size(); i++) {
            batch.getVector(i).makeTransferPair(root.getVector(i)).transfer();
        }
        root.setRowCount(batch.getRowCount());
    }

    private static SkyportException unreadable(Path file, Exception failure) {
        return failure instanceof SkyportException known
                ? known
                : new SkyportException(
                        ErrorCode.DATA_EXCEPTION,
                        file + " is no Arrow IPC file or stream that can be read: " + failure.getMessage(),
                        failure);
    }

    @Override
    public VectorSchemaRoot getVectorSchemaRoot() {
        return root;
    }

    @Override
    public Map<Long, Dictionary> getDictionaryVectors() throws IOException {
        return current.getDictionaryVectors();
    }

    @Override
    public @Nullable Dictionary lookup(long id) {
        return current.lookup(id);
    }

    @Override
    public Set<Long> getDictionaryIds() {
        return current.getDictionaryIds();
    }

    @Override
    public long bytesRead() {
        return current.bytesRead();
    }

    @Override
    public void close() throws IOException {
        root.close();
        current.close();
    }

    @Override
    protected void closeReadSource() throws IOException {
        current.close();
    }

    @Override
    protected Schema readSchema() {
        return schema;
    }
}
