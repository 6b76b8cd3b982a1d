package io.skyport.flightsql;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.compression.CompressionCodec;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.apache.arrow.vector.compression.NoCompressionCodec;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;

/**
 * Makes plain batches of compressed ones from clients. A few bytes may say that they are gigabytes: what a batch becomes is
 * limited, and known before memory is taken for it. Nothing leaks if it fails, as it would in Arrow's own loader.
 */
final class Decompression {

    /** Before each compressed buffer stands its plain length, or this if it is not compressed. */
    private static final long NOT_COMPRESSED = -1;

    private static final int LENGTH_BYTES = Long.BYTES;

    private final BufferAllocator allocator;
    private final long maxBytes;

    /** @param maxBytes what a batch may become */
    Decompression(BufferAllocator allocator, long maxBytes) {
        this.allocator = allocator;
        this.maxBytes = maxBytes;
    }

    /**
     * The plain batch, in place of the given one, which is closed.
     *
     * @throws SkyportException 54000 if it would be too large; other exceptions if it is malformed
     */
    ArrowRecordBatch plain(ArrowRecordBatch batch) {
        byte type = batch.getBodyCompression().getCodec();
        if (type == NoCompressionCodec.COMPRESSION_TYPE) {
            return batch;
        }
        try (batch) {
            CodecType codec = CodecType.fromCompressionType(type);
            requireRoom(batch.getBuffers());
            return plain(batch, Compression.codec(codec));
        }
    }

    private void requireRoom(List<ArrowBuf> buffers) {
        long bytes = 0;
        for (ArrowBuf buffer : buffers) {
            long length = buffer.writerIndex();
            if (length > 0) {
                if (length < LENGTH_BYTES) {
                    throw new IllegalArgumentException("a compressed buffer without its length");
                }
                long declared = buffer.getLong(0);
                if (declared < NOT_COMPRESSED) {
                    throw new IllegalArgumentException("a compressed buffer of a negative length");
                }
                bytes += declared == NOT_COMPRESSED ? length : Math.min(declared, maxBytes + 1);
                if (bytes > maxBytes) {
                    throw new SkyportException(
                            ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                            "A compressed batch becomes more than " + maxBytes
                                    + " bytes (skyport.flightsql.max-decompressed-bytes)");
                }
            }
        }
    }

    private ArrowRecordBatch plain(ArrowRecordBatch batch, CompressionCodec codec) {
        List<ArrowBuf> plain = new ArrayList<>();
        try {
            for (ArrowBuf buffer : batch.getBuffers()) {
                plain.add(plain(buffer, codec));
            }
            return new ArrowRecordBatch(
                    batch.getLength(),
                    batch.getNodes(),
                    plain,
                    NoCompressionCodec.DEFAULT_BODY_COMPRESSION,
                    batch.getVariadicBufferCounts(),
                    true);
        } finally {
            plain.forEach(ArrowBuf::close); // the batch has its own references
        }
    }

    private ArrowBuf plain(ArrowBuf buffer, CompressionCodec codec) {
        buffer.getReferenceManager().retain();
        if (buffer.writerIndex() == 0) {
            return buffer;
        }
        boolean done = false;
        try {
            ArrowBuf plain = codec.decompress(allocator, buffer);
            done = true;
            return plain;
        } finally {
            if (!done) {
                buffer.close();
            }
        }
    }
}
