package io.skyport.flightsql;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ReadChannel;
import org.apache.arrow.vector.ipc.message.ArrowDictionaryBatch;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.MessageChannelReader;
import org.apache.arrow.vector.ipc.message.MessageResult;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The rows of an upload. Every batch is checked before anybody looks into it: its offsets come from the client, and the
 * engine follows them in native code.
 */
final class UploadedRows implements AutoCloseable {

    /**
     * Most rows of a batch whose values take no byte, as NULLs of the type Null do. Any other value takes at least a bit; Arrow
     * makes room for as many as a header says.
     */
    static final long MAX_ROWS_WITHOUT_BYTES = 1_000_000;

    private final FlightDataChannel messages;
    private final CheckedReader reader;

    /** @param maxDecompressedBytes what a compressed batch may become */
    UploadedRows(FlightDataChannel messages, BufferAllocator allocator, long maxDecompressedBytes) {
        this.messages = messages;
        this.reader = new CheckedReader(
                new Bodies(messages, allocator), allocator, new Decompression(allocator, maxDecompressedBytes));
    }

    /** Whether the client sends a schema. Waits until it does, or says that it has nothing more to send. */
    boolean hasSchema() {
        return messages.hasData();
    }

    /** The rows. Failures of the client's making are 08P01. */
    ArrowReader reader() {
        return reader;
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // the channel's close does not fail
        }
    }

    /** Arrow's reader, which takes what it reads for granted. */
    private static final class CheckedReader extends ArrowStreamReader {

        private final Bodies bodies;
        private final Decompression decompression;

        CheckedReader(Bodies bodies, BufferAllocator allocator, Decompression decompression) {
            super(bodies, allocator);
            this.bodies = bodies;
            this.decompression = decompression;
        }

        @Override
        protected void loadRecordBatch(ArrowRecordBatch batch) {
            try (ArrowRecordBatch plain = plain(batch)) {
                super.loadRecordBatch(plain);
            }
        }

        @Override
        protected void loadDictionary(ArrowDictionaryBatch batch) {
            try (ArrowRecordBatch plain = plain(batch.getDictionary())) {
                super.loadDictionary(new ArrowDictionaryBatch(batch.getDictionaryId(), plain, batch.isDelta()));
            }
        }

        private ArrowRecordBatch plain(ArrowRecordBatch batch) {
            long received = bodies.owned();
            ArrowRecordBatch plain = decompression.plain(batch);
            long bytes = plain == batch
                    ? received
                    : plain.getBuffers().stream().mapToLong(ArrowBuf::capacity).sum();
            long most = Math.max(MAX_ROWS_WITHOUT_BYTES, Byte.SIZE * bytes);
            if (plain.getLength() > most || plain.getNodes().stream().anyMatch(node -> node.getLength() > most)) {
                plain.close();
                throw new IllegalArgumentException("it has more values than its " + bytes + " bytes can have");
            }
            return plain;
        }

        @Override
        protected Schema readSchema() throws IOException {
            try {
                return super.readSchema();
            } catch (SkyportException | OutOfMemoryException e) {
                throw e;
            } catch (IOException | RuntimeException e) {
                throw malformed("schema", e);
            } finally {
                bodies.release();
            }
        }

        @Override
        public boolean loadNextBatch() throws IOException {
            try {
                boolean loaded = super.loadNextBatch();
                if (loaded) {
                    check();
                }
                return loaded;
            } catch (SkyportException | OutOfMemoryException e) {
                throw e;
            } catch (IOException | RuntimeException e) {
                throw malformed("batch", e);
            } finally {
                bodies.release();
            }
        }

        private void check() throws IOException {
            int rows = getVectorSchemaRoot().getRowCount();
            for (Dictionary dictionary : getDictionaryVectors().values()) {
                FieldVector values = dictionary.getVector();
                UploadedValues.check(values, values.getValueCount(), this);
            }
            for (FieldVector vector : getVectorSchemaRoot().getFieldVectors()) {
                UploadedValues.check(vector, rows, this);
            }
        }

        private static SkyportException malformed(String what, Exception cause) {
            return new SkyportException(
                    ErrorCode.PROTOCOL_VIOLATION, "A malformed " + what + ": " + cause.getMessage(), cause);
        }
    }

    /** Remembers the body of the last message until its header has told what it is: Arrow forgets it where that fails. */
    private static final class Bodies extends MessageChannelReader {

        private @Nullable ArrowBuf last;

        Bodies(FlightDataChannel messages, BufferAllocator allocator) {
            super(new ReadChannel(messages), allocator);
        }

        @Override
        public @Nullable MessageResult readNext() throws IOException {
            MessageResult message = super.readNext();
            last = message == null ? null : message.getBodyBuffer();
            return message;
        }

        /** It belongs to a batch. Its size in bytes. */
        long owned() {
            ArrowBuf body = last;
            last = null;
            return body == null ? 0 : body.capacity();
        }

        /** Frees a body that belongs to none, whatever part of one has been made of it. */
        void release() {
            ArrowBuf body = last;
            last = null;
            while (body != null && body.refCnt() > 0) {
                body.getReferenceManager().release();
            }
        }
    }
}
