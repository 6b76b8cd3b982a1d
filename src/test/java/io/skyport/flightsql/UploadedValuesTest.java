package io.skyport.flightsql;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float2Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.ViewVarCharVector;
import org.apache.arrow.vector.complex.DenseUnionVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.LargeListVector;
import org.apache.arrow.vector.complex.LargeListViewVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.ListViewVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.RunEndEncodedVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.util.Text;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UploadedValuesTest {

    private static final DictionaryProvider NONE = new DictionaryProvider.MapDictionaryProvider();
    private static final String LONG = "a text that is too long to stand in its view";

    private final BufferAllocator allocator = new RootAllocator();

    @AfterEach
    void nothing_leaks() {
        allocator.close();
    }

    private static void inOrder(FieldVector vector) {
        assertThatCode(() -> UploadedValues.check(vector, vector.getValueCount(), NONE))
                .doesNotThrowAnyException();
    }

    private static void refused(FieldVector vector, String why) {
        assertThatThrownBy(() -> UploadedValues.check(vector, vector.getValueCount(), NONE))
                .hasMessageContaining("\"" + vector.getName() + "\"")
                .hasMessageContaining(why);
    }

    @Test
    void a_decimal_with_all_the_digits_declared_is_in_order() {
        try (DecimalVector vector = new DecimalVector("d", allocator, 4, 2)) {
            vector.setSafe(0, new BigDecimal("99.99"));
            vector.setValueCount(1);
            inOrder(vector);
        }
    }

    @Test
    void a_16_bit_float_is_in_order() {
        try (Float2Vector vector = new Float2Vector("f", allocator)) {
            vector.setSafe(0, (short) 1);
            vector.setValueCount(1);
            inOrder(vector);
        }
    }

    @Test
    void fewer_values_than_rows_are_found() {
        try (IntVector vector = new IntVector("i", allocator)) {
            vector.setSafe(0, 1);
            vector.setValueCount(1);
            assertThatThrownBy(() -> UploadedValues.check(vector, 2, NONE)).hasMessageContaining("2 values");
        }
    }

    @Test
    void buffers_that_are_too_short_are_found() {
        try (BigIntVector vector = new BigIntVector("i", allocator);
                ArrowBuf validity = allocator.buffer(8).setOne(0, 8);
                ArrowBuf values = allocator.buffer(8)) {
            vector.loadFieldBuffers(new ArrowFieldNode(60, 1), List.of(validity, values));
            refused(vector, "values take 480 bytes");
            vector.loadFieldBuffers(new ArrowFieldNode(100, 1), List.of(validity, values));
            refused(vector, "validity");
        }
    }

    @Test
    void a_fixed_size_list_has_elements_for_all_its_rows() {
        FieldType type = FieldType.nullable(new ArrowType.FixedSizeList(2));
        try (FixedSizeListVector vector = new FixedSizeListVector("l", allocator, type, null)) {
            IntVector numbers = (IntVector) vector.addOrGetVector(FieldType.nullable(new ArrowType.Int(32, true)))
                    .getVector();
            numbers.setSafe(0, 1);
            numbers.setSafe(1, 2);
            numbers.setValueCount(2);
            vector.setNotNull(0);
            vector.setValueCount(1);
            inOrder(vector);
            numbers.setValueCount(1);
            refused(vector, "2 values");
        }
    }

    @Test
    void offsets_that_run_backwards_or_out_are_found() {
        try (VarCharVector vector = new VarCharVector("s", allocator)) {
            vector.setSafe(0, new Text("one"));
            vector.setSafe(1, new Text("two"));
            vector.setValueCount(2);
            inOrder(vector);
            vector.getOffsetBuffer().setInt(4, 1_000_000);
            refused(vector, "decreasing");
            vector.getOffsetBuffer().setInt(8, 1_000_000);
            refused(vector, "1000000 bytes");
            vector.getOffsetBuffer().setInt(0, -1);
            refused(vector, "decreasing");
        }
    }

    @Test
    void views_stay_in_their_buffers() {
        try (ViewVarCharVector vector = new ViewVarCharVector("v", allocator)) {
            vector.setSafe(0, "short".getBytes(StandardCharsets.UTF_8));
            vector.setSafe(1, LONG.getBytes(StandardCharsets.UTF_8));
            vector.setValueCount(2);
            inOrder(vector);
            for (int part : new int[] {0, 8, 12}) {
                int right = vector.getDataBuffer().getInt(16 + part);
                for (int wrong : new int[] {-1, 1_000_000}) {
                    vector.getDataBuffer().setInt(16 + part, wrong);
                    refused(vector, "view");
                }
                vector.getDataBuffer().setInt(16 + part, right);
            }
            vector.getDataBuffer().setInt(16 + 8, 7);
            vector.setNull(1);
            inOrder(vector);
        }
    }

    @Test
    void lists_and_maps_stay_in_their_elements() {
        try (ListVector list = new ListVector("l", allocator, FieldType.nullable(new ArrowType.List()), null);
                LargeListVector large =
                        new LargeListVector("l", allocator, FieldType.nullable(new ArrowType.LargeList()), null);
                MapVector map = MapVector.empty("m", allocator, false)) {
            var writer = list.getWriter();
            writer.startList();
            writer.integer().writeInt(1);
            writer.endList();
            list.setValueCount(1);
            inOrder(list);
            list.getOffsetBuffer().setInt(4, 2);
            refused(list, "2 values");
            var largeWriter = large.getWriter();
            largeWriter.startList();
            largeWriter.integer().writeInt(1);
            largeWriter.endList();
            large.setValueCount(1);
            inOrder(large);
            large.getOffsetBuffer().setLong(8, 1L << 40);
            refused(large, "values");
            var mapWriter = map.getWriter();
            mapWriter.startMap();
            mapWriter.startEntry();
            mapWriter.key().integer().writeInt(1);
            mapWriter.value().integer().writeInt(1);
            mapWriter.endEntry();
            mapWriter.endMap();
            map.setValueCount(1);
            inOrder(map);
            map.getOffsetBuffer().setInt(4, 9);
            refused(map, "9 values");
        }
    }

    @Test
    void list_views_stay_in_their_elements() {
        try (ListViewVector list = ListViewVector.empty("l", allocator);
                LargeListViewVector large = LargeListViewVector.empty("l", allocator)) {
            var writer = list.getWriter();
            writer.startListView();
            writer.integer().writeInt(1);
            writer.endListView();
            list.setValueCount(1);
            inOrder(list);
            list.getSizeBuffer().setInt(0, 2);
            refused(list, "2 values");
            list.getSizeBuffer().setInt(0, -1);
            refused(list, "decreasing");
            var largeWriter = large.getWriter();
            largeWriter.startListView();
            largeWriter.integer().writeInt(1);
            largeWriter.endListView();
            large.setValueCount(1);
            inOrder(large);
            large.getOffsetBuffer().setLong(0, Long.MAX_VALUE);
            refused(large, "decreasing");
        }
    }

    @Test
    void a_struct_has_a_value_of_each_field_for_each_row() {
        try (StructVector struct = StructVector.empty("s", allocator)) {
            IntVector field = struct.addOrGet("f", FieldType.nullable(new ArrowType.Int(32, true)), IntVector.class);
            field.setSafe(0, 1);
            struct.setIndexDefined(0);
            struct.setValueCount(1);
            inOrder(struct);
            field.setValueCount(0);
            refused(struct, "1 values");
        }
    }

    @Test
    void runs_end_behind_each_other_and_not_before_the_rows() {
        Field ends = new Field("run_ends", FieldType.notNullable(new ArrowType.Int(32, true)), null);
        Field values = Field.nullable("values", new ArrowType.Int(32, true));
        Field field = new Field("r", FieldType.notNullable(new ArrowType.RunEndEncoded()), List.of(ends, values));
        try (RunEndEncodedVector vector = (RunEndEncodedVector) field.createVector(allocator)) {
            IntVector runs = (IntVector) vector.getRunEndsVector();
            IntVector numbers = (IntVector) vector.getValuesVector();
            runs.setSafe(0, 2);
            runs.setSafe(1, 5);
            runs.setValueCount(2);
            numbers.setSafe(0, 1);
            numbers.setSafe(1, 1);
            numbers.setValueCount(2);
            vector.setValueCount(5);
            inOrder(vector);
            vector.setValueCount(6);
            refused(vector, "before its rows");
            runs.set(1, 2);
            refused(vector, "one behind the other");
            runs.set(1, 6);
            numbers.setValueCount(1);
            refused(vector, "2 values");
        }
    }

    @Test
    void dense_unions_are_not_read() {
        try (DenseUnionVector union = DenseUnionVector.empty("u", allocator)) {
            union.setValueCount(1);
            refused(union, "dense");
        }
    }

    @Test
    void indexes_of_dictionaries_are_in_them() {
        try (VarCharVector words = new VarCharVector("words", allocator);
                TinyIntVector indexes = new TinyIntVector(
                        "d",
                        new FieldType(
                                true,
                                new ArrowType.Int(8, true),
                                new DictionaryEncoding(1, false, new ArrowType.Int(8, true))),
                        allocator)) {
            words.setSafe(0, "x".getBytes(StandardCharsets.UTF_8));
            words.setValueCount(1);
            DictionaryProvider known = new DictionaryProvider.MapDictionaryProvider(
                    new Dictionary(words, indexes.getField().getDictionary()));
            indexes.setSafe(0, 0);
            indexes.setSafe(1, 1);
            indexes.setNull(1);
            indexes.setValueCount(2);
            assertThatCode(() -> UploadedValues.check(indexes, 2, known)).doesNotThrowAnyException();
            for (int wrong : new int[] {1, -1}) {
                indexes.setSafe(1, wrong);
                assertThatThrownBy(() -> UploadedValues.check(indexes, 2, known))
                        .hasMessageContaining("no value " + wrong);
            }
            refused(indexes, "no value 0");
        }
    }
}
