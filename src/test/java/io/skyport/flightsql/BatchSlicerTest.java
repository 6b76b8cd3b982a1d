package io.skyport.flightsql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchSlicerTest {

    private static final Field NUMBER = Field.nullable("n", new ArrowType.Int(64, true));
    private static final Field TEXT = Field.nullable("t", ArrowType.Utf8.INSTANCE);
    private static final Field LIST =
            new Field("l", FieldType.nullable(ArrowType.List.INSTANCE), List.of(Field.nullable("l", NUMBER.getType())));
    private static final Field STRUCT =
            new Field("s", FieldType.nullable(ArrowType.Struct.INSTANCE), List.of(NUMBER, TEXT));

    private final BufferAllocator allocator = new RootAllocator();

    @AfterEach
    void nothing_leaks() {
        allocator.close();
    }

    @Test
    void a_small_batch_stays_whole() {
        assertThat(slice(batch(10, 5), new SliceLimits(1000, 1 << 20, 1 << 20))).containsExactly(10);
    }

    @Test
    void no_slice_has_more_rows_than_allowed() {
        assertThat(slice(batch(10, 5), new SliceLimits(4, 1 << 20, 1 << 20))).containsExactly(4, 4, 2);
    }

    @Test
    void no_slice_of_several_rows_has_more_bytes_than_allowed() {
        List<Integer> rows = slice(batch(1000, 100), new SliceLimits(100_000, 10_000, 20_000));

        assertThat(rows.stream().mapToInt(Integer::intValue).sum()).isEqualTo(1000);
        assertThat(rows).hasSizeGreaterThan(10);
    }

    @Test
    void a_batch_whose_large_rows_stand_together_is_cut_there() {
        VectorSchemaRoot batch = batch(1000, 10);
        VarCharVector text = (VarCharVector) batch.getVector(1);
        for (int row = 990; row < 1000; row++) {
            text.setSafe(row, "x".repeat(4000).getBytes(StandardCharsets.UTF_8));
        }
        batch.setRowCount(1000);

        List<Integer> rows = slice(batch, new SliceLimits(100_000, 10_000, 20_000));

        assertThat(rows.stream().mapToInt(Integer::intValue).sum()).isEqualTo(1000);
    }

    @Test
    void a_row_larger_than_a_message_fails_and_names_the_limit() {
        assertThatThrownBy(() -> slice(batch(3, 30_000), new SliceLimits(1000, 10_000, 20_000)))
                .isInstanceOf(SkyportException.class)
                .hasMessageContaining("skyport.flightsql.max-row-bytes")
                .extracting(e -> ((SkyportException) e).code())
                .isEqualTo(ErrorCode.PROGRAM_LIMIT_EXCEEDED);
    }

    @Test
    void a_row_between_the_two_limits_travels_alone() {
        assertThat(slice(batch(3, 15_000), new SliceLimits(1000, 10_000, 20_000)))
                .containsExactly(1, 1, 1);
    }

    @Test
    void an_empty_batch_gives_no_slice() {
        assertThat(slice(batch(0, 0), new SliceLimits(1000, 10_000, 20_000))).isEmpty();
    }

    @Test
    void slices_carry_the_announced_names_whatever_the_batch_says() {
        Schema announced = new Schema(List.of(
                Field.nullable("same", NUMBER.getType()), Field.nullable("same", TEXT.getType()), LIST, STRUCT));
        try (VectorSchemaRoot batch = batch(2, 3);
                BatchSlicer slicer = new BatchSlicer(announced, new SliceLimits(1, 1 << 20, 1 << 20), allocator)) {
            slicer.load(batch);
            assertThat(slicer.next()).isTrue();
            assertThat(slicer.slice().getSchema()).isEqualTo(announced);
            assertThat(slicer.slice().getVector(0).getObject(0)).isEqualTo(0L);
        }
    }

    @Test
    void a_slice_that_was_transferred_out_survives_the_next_ones() {
        Schema schema = new Schema(List.of(NUMBER, TEXT, LIST, STRUCT));
        try (VectorSchemaRoot batch = batch(4, 3);
                BatchSlicer slicer = new BatchSlicer(schema, new SliceLimits(2, 1 << 20, 1 << 20), allocator)) {
            slicer.load(batch);
            slicer.next();
            FieldVector kept = (FieldVector)
                    slicer.slice().getVector(0).getTransferPair(allocator).getTo();
            slicer.slice().getVector(0).makeTransferPair(kept).transfer();
            slicer.next();
            try (kept) {
                assertThat(kept.getObject(0)).isEqualTo(0L);
                assertThat(kept.getObject(1)).isEqualTo(1L);
            }
        }
    }

    /** Cuts the batch, checks every value and returns the slices' sizes. */
    private List<Integer> slice(VectorSchemaRoot batch, SliceLimits limits) {
        List<Integer> sizes = new ArrayList<>();
        try (batch;
                BatchSlicer slicer = new BatchSlicer(batch.getSchema(), limits, allocator)) {
            slicer.load(batch);
            int row = 0;
            while (slicer.next()) {
                VectorSchemaRoot slice = slicer.slice();
                sizes.add(slice.getRowCount());
                assertThat(bytes(slice))
                        .isLessThanOrEqualTo(slice.getRowCount() == 1 ? limits.maxRowBytes() : limits.maxBytes());
                for (int i = 0; i < slice.getRowCount(); i++, row++) {
                    for (int column = 0; column < 4; column++) {
                        assertThat(slice.getVector(column).getObject(i))
                                .isEqualTo(batch.getVector(column).getObject(row));
                    }
                }
            }
            assertThat(row).isEqualTo(batch.getRowCount());
        }
        return sizes;
    }

    private static long bytes(VectorSchemaRoot root) {
        return root.getFieldVectors().stream()
                .mapToLong(FieldVector::getBufferSize)
                .sum();
    }

    private VectorSchemaRoot batch(int rows, int textLength) {
        VectorSchemaRoot root = VectorSchemaRoot.create(new Schema(List.of(NUMBER, TEXT, LIST, STRUCT)), allocator);
        BigIntVector number = (BigIntVector) root.getVector(0);
        VarCharVector text = (VarCharVector) root.getVector(1);
        ListVector list = (ListVector) root.getVector(2);
        StructVector struct = (StructVector) root.getVector(3);
        for (int row = 0; row < rows; row++) {
            number.setSafe(row, row);
            if (row % 7 != 6) {
                text.setSafe(row, "t".repeat(textLength).getBytes(StandardCharsets.UTF_8));
            }
            int offset = list.startNewValue(row);
            for (int i = 0; i < row % 3; i++) {
                ((BigIntVector) list.getDataVector()).setSafe(offset + i, row);
            }
            list.endValue(row, row % 3);
            struct.setIndexDefined(row);
            ((BigIntVector) struct.getChildByOrdinal(0)).setSafe(row, row);
        }
        root.setRowCount(rows);
        return root;
    }
}
