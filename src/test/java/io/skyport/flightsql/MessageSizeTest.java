package io.skyport.flightsql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.io.ByteArrayOutputStream;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What slices take when they are written, against what was said of them. */
class MessageSizeTest {

    private static final SliceLimits LIMITS = new SliceLimits(65_536, 100_000, 300_000);
    private static final Field TEXT = Field.nullable("s", ArrowType.Utf8.INSTANCE);
    private static final FieldType NUMBER = FieldType.nullable(new ArrowType.Int(64, true));

    private final BufferAllocator allocator = new RootAllocator();

    @AfterEach
    void nothing_leaks() {
        allocator.close();
    }

    @Test
    void a_thousand_columns_are_cut_by_what_their_description_takes_too() throws Exception {
        List<Field> fields = IntStream.range(0, 1000)
                .mapToObj(i -> Field.nullable("c" + i, new ArrowType.Int(32, true)))
                .toList();
        VectorSchemaRoot batch = VectorSchemaRoot.create(new Schema(fields), allocator);
        for (FieldVector vector : batch.getFieldVectors()) {
            for (int row = 0; row < 100; row++) {
                ((IntVector) vector).setSafe(row, row);
            }
        }
        batch.setRowCount(100);

        assertThat(written(batch)).hasSizeGreaterThan(5).allMatch(rows -> rows > 1);
    }

    @Test
    void so_many_columns_that_their_description_is_too_large_travel_row_by_row_or_not_at_all() {
        assertThatThrownBy(() -> written(VectorSchemaRoot.of(IntStream.range(0, 6000)
                        .mapToObj(i -> {
                            IntVector vector = new IntVector("c" + i, allocator);
                            vector.setSafe(0, 1);
                            vector.setValueCount(1);
                            return vector;
                        })
                        .toArray(FieldVector[]::new))))
                .isInstanceOfSatisfying(
                        SkyportException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PROGRAM_LIMIT_EXCEEDED))
                .hasMessageContaining("skyport.flightsql.max-row-bytes");
    }

    @Test
    void rows_of_very_different_sizes_are_cut_where_they_are_large() throws Exception {
        assertThat(written(texts(2000, row -> row == 777 ? 250_000 : row % 100 == 0 ? 60_000 : 5)))
                .contains(1)
                .anyMatch(rows -> rows > 50);
        assertThat(written(texts(10, row -> 90_000))).containsOnly(1);
        assertThatThrownBy(() -> written(texts(100, row -> row == 99 ? 300_001 : 5)))
                .isInstanceOf(SkyportException.class);
    }

    @Test
    void nested_rows_count_with_all_that_is_in_them() throws Exception {
        Field struct = new Field(
                "item", FieldType.nullable(ArrowType.Struct.INSTANCE), List.of(new Field("a", NUMBER, null), TEXT));
        Field list = new Field("l", FieldType.nullable(ArrowType.List.INSTANCE), List.of(struct));
        VectorSchemaRoot batch = VectorSchemaRoot.create(new Schema(List.of(list)), allocator);
        ListVector lists = (ListVector) batch.getVector(0);
        StructVector items = (StructVector) lists.getDataVector();
        for (int row = 0; row < 500; row++) {
            int start = lists.startNewValue(row);
            int length = row % 50 == 0 ? 1500 : row % 3;
            for (int i = start; i < start + length; i++) {
                items.setIndexDefined(i);
                ((BigIntVector) items.getChild("a")).setSafe(i, i);
                ((VarCharVector) items.getChild("s"))
                        .setSafe(i, "0123456789".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
            lists.endValue(row, length);
        }
        batch.setRowCount(500);

        assertThat(written(batch)).hasSizeGreaterThan(3);
    }

    private VectorSchemaRoot texts(int rows, IntUnaryOperator length) {
        VectorSchemaRoot batch = VectorSchemaRoot.create(new Schema(List.of(TEXT)), allocator);
        for (int row = 0; row < rows; row++) {
            ((VarCharVector) batch.getVector(0)).setSafe(row, new byte[length.applyAsInt(row)]);
        }
        batch.setRowCount(rows);
        return batch;
    }

    /** Cuts, writes and closes a batch; the rows of each slice. */
    private List<Integer> written(VectorSchemaRoot batch) throws Exception {
        List<Integer> rows = new ArrayList<>();
        try (batch;
                BatchSlicer slicer = new BatchSlicer(batch.getSchema(), LIMITS, allocator)) {
            slicer.load(batch);
            while (slicer.next()) {
                int written = bytes(slicer.slice());
                int count = slicer.slice().getRowCount();
                assertThat(written)
                        .isLessThanOrEqualTo((int) new MessageSize(batch.getSchema()).of(slicer.slice()))
                        .isLessThanOrEqualTo((int) (count == 1 ? LIMITS.maxRowBytes() : LIMITS.maxBytes()));
                rows.add(count);
            }
            assertThat(rows.stream().mapToInt(Integer::intValue).sum()).isEqualTo(batch.getRowCount());
        }
        return rows;
    }

    private static int bytes(VectorSchemaRoot slice) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ArrowRecordBatch batch = new VectorUnloader(slice).getRecordBatch()) {
            MessageSerializer.serialize(new WriteChannel(Channels.newChannel(bytes)), batch);
        }
        return bytes.size();
    }
}
