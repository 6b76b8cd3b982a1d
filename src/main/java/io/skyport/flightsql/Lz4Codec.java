package io.skyport.flightsql;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import net.jpountz.lz4.LZ4FrameOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream.BLOCKSIZE;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.compression.AbstractCompressionCodec;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;

/**
 * LZ4 frames, in place of Arrow's codec, which takes seconds to compress a megabyte that repeats itself, and unpacks all that a
 * frame holds before it looks how much that may be.
 */
final class Lz4Codec extends AbstractCompressionCodec {

    private static final int LENGTH_BYTES = Long.BYTES;
    private static final int CHUNK = 64 << 10;

    @Override
    protected ArrowBuf doCompress(BufferAllocator allocator, ArrowBuf plain) {
        byte[] bytes = new byte[Math.toIntExact(plain.writerIndex())];
        plain.getBytes(0, bytes);
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(bytes.length / 2);
        try (OutputStream frame = new LZ4FrameOutputStream(compressed, BLOCKSIZE.SIZE_256KB)) {
            frame.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // an array does not fail
        }
        ArrowBuf buffer = allocator.buffer(LENGTH_BYTES + (long) compressed.size());
        buffer.setBytes(LENGTH_BYTES, compressed.toByteArray());
        buffer.writerIndex(LENGTH_BYTES + (long) compressed.size());
        return buffer;
    }

    @Override
    protected ArrowBuf doDecompress(BufferAllocator allocator, ArrowBuf compressed) {
        long length = readUncompressedLength(compressed);
        byte[] bytes = new byte[Math.toIntExact(compressed.writerIndex()) - LENGTH_BYTES];
        compressed.getBytes(LENGTH_BYTES, bytes);
        ArrowBuf plain = allocator.buffer(length);
        boolean done = false;
        // Clients' frames have blocks that refer to each other, which the library that compresses does not read.
        try (InputStream frame = new FramedLZ4CompressorInputStream(new ByteArrayInputStream(bytes))) {
            fill(plain, length, frame);
            done = true;
            return plain;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (!done) {
                plain.close();
            }
        }
    }

    private static void fill(ArrowBuf plain, long length, InputStream frame) throws IOException {
        byte[] chunk = new byte[CHUNK];
        for (int read = frame.read(chunk); read >= 0; read = frame.read(chunk)) {
            if (plain.writerIndex() + read > length) {
                throw new IOException("a compressed buffer is longer than declared");
            }
            plain.writeBytes(chunk, 0, read);
        }
        if (plain.writerIndex() < length) {
            throw new IOException("a compressed buffer is shorter than declared");
        }
    }

    @Override
    public CodecType getCodecType() {
        return CodecType.LZ4_FRAME;
    }
}
