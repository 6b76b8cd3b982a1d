package io.skyport.flightsql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DecompressionTest {

    private static final int ROWS = 10_000;

    private final BufferAllocator allocator = new RootAllocator();
    private VectorSchemaRoot rows;

    @BeforeEach
    void fill() {
        IntVector numbers = new IntVector("i", allocator);
        VarCharVector texts = new VarCharVector("s", allocator);
        for (int row = 0; row < ROWS; row++) {
            numbers.setSafe(row, row);
            if (row % 3 > 0) {
                texts.setSafe(row, ("text " + row % 10).getBytes(StandardCharsets.UTF_8));
            }
        }
        rows = VectorSchemaRoot.of(numbers, texts);
        rows.setRowCount(ROWS);
    }

    @AfterEach
    void nothing_leaks() {
        rows.close();
        allocator.close();
    }

    @ParameterizedTest
    @EnumSource
    void a_batch_comes_out_as_it_was(CodecType codec) {
        try (VectorSchemaRoot read = VectorSchemaRoot.create(rows.getSchema(), allocator);
                ArrowRecordBatch plain = new Decompression(allocator, 1 << 20).plain(compressed(codec))) {
            new VectorLoader(read).load(plain);

            assertThat(read.equals(rows)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(names = "NO_COMPRESSION", mode = EnumSource.Mode.EXCLUDE)
    void a_batch_that_becomes_too_large_is_refused_before_it_takes_memory(CodecType codec) {
        ArrowRecordBatch batch = compressed(codec);
        long before = allocator.getAllocatedMemory();

        assertThatThrownBy(() -> new Decompression(allocator, 50_000).plain(batch))
                .isInstanceOfSatisfying(
                        SkyportException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PROGRAM_LIMIT_EXCEEDED))
                .hasMessageContaining("skyport.flightsql.max-decompressed-bytes");
        assertThat(allocator.getAllocatedMemory()).isLessThan(before);
        assertThat(allocator.getPeakMemoryAllocation()).isLessThan(1 << 20);
    }

    @ParameterizedTest
    @EnumSource(names = "NO_COMPRESSION", mode = EnumSource.Mode.EXCLUDE)
    void lengths_that_lie_and_bytes_that_are_none_are_refused_and_nothing_leaks(CodecType codec) {
        for (long declared : new long[] {-2, Long.MIN_VALUE, Long.MAX_VALUE, 1, 30_000, 50_000}) {
            assertThatThrownBy(() -> spoiled(codec, 0, declared))
                    .as("declared %d", declared)
                    .isInstanceOf(RuntimeException.class);
        }
        assertThatThrownBy(() -> spoiled(codec, Long.BYTES, 0x0102030405060708L))
                .isInstanceOf(RuntimeException.class);
    }

    /** With a wrong number in the texts' values, which are repetitive, so that they are compressed. */
    private void spoiled(CodecType codec, int index, long value) {
        ArrowRecordBatch batch = compressed(codec);
        batch.getBuffers().get(4).setLong(index, value);
        new Decompression(allocator, 1 << 20).plain(batch).close();
    }

    private ArrowRecordBatch compressed(CodecType codec) {
        if (codec == CodecType.NO_COMPRESSION) {
            return new VectorUnloader(rows).getRecordBatch();
        }
        try (ArrowRecordBatch batch = new VectorUnloader(rows, true, Compression.codec(codec), true).getRecordBatch()) {
            // Copied, as if it had come from a client.
            List<ArrowBuf> copies = new ArrayList<>();
            for (ArrowBuf buffer : batch.getBuffers()) {
                ArrowBuf copy = allocator.buffer(Math.max(1, buffer.writerIndex()));
                copy.setBytes(0, buffer, 0, buffer.writerIndex());
                copy.writerIndex(buffer.writerIndex());
                copies.add(copy);
            }
            return new ArrowRecordBatch(
                    batch.getLength(), batch.getNodes(), copies, batch.getBodyCompression(), true, false);
        }
    }
}
