package io.skyport.flightsql;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.message.ArrowDictionaryBatch;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The rows of an upload. Every batch is checked before anybody looks into it: its offsets come from the client, and the
 * engine follows them in native code.
 */
final class UploadedRows implements AutoCloseable {

    private final FlightDataChannel messages;
    private final CheckedReader reader;

    /** @param maxDecompressedBytes what a compressed batch may become */
    UploadedRows(FlightDataChannel messages, BufferAllocator allocator, long maxDecompressedBytes) {
        this.messages = messages;
        this.reader = new CheckedReader(messages, allocator, new Decompression(allocator, maxDecompressedBytes));
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

        private final Decompression decompression;

        CheckedReader(FlightDataChannel messages, BufferAllocator allocator, Decompression decompression) {
            super(messages, allocator);
            this.decompression = decompression;
        }

        @Override
        protected void loadRecordBatch(ArrowRecordBatch batch) {
            super.loadRecordBatch(decompression.plain(batch));
        }

        @Override
        protected void loadDictionary(ArrowDictionaryBatch batch) {
            ArrowRecordBatch plain = decompression.plain(batch.getDictionary());
            super.loadDictionary(new ArrowDictionaryBatch(batch.getDictionaryId(), plain, batch.isDelta()));
        }

        @Override
        protected Schema readSchema() throws IOException {
            try {
                return super.readSchema();
            } catch (SkyportException | OutOfMemoryException e) {
                throw e;
            } catch (IOException | RuntimeException e) {
                throw malformed("schema", e);
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
}
