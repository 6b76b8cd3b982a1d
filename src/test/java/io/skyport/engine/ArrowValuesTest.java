package io.skyport.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.error.ErrorCode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.*;
import org.apache.arrow.vector.complex.DenseUnionVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.LargeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.RunEndEncodedVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.complex.impl.UnionMapWriter;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.UnionMode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ArrowValuesTest {

    private static final DictionaryProvider NONE = new DictionaryProvider.MapDictionaryProvider();

    private final BufferAllocator allocator = new RootAllocator();

    @AfterEach
    void close() {
        allocator.close();
    }

    /** Value 0 as {@code set} writes it; value 1, which is null, must read as null. */
    private <V extends FieldVector> @Nullable Object value(ArrowType type, Class<V> vectorType, Consumer<V> set) {
        return value(Field.nullable("v", type), vectorType, set);
    }

    private <V extends FieldVector> @Nullable Object value(Field field, Class<V> vectorType, Consumer<V> set) {
        try (FieldVector vector = field.createVector(allocator)) {
            vector.allocateNew();
            set.accept(vectorType.cast(vector));
            vector.setValueCount(2);
            assertThat(ArrowValues.value(vector, 1, NONE)).isNull();
            return ArrowValues.value(vector, 0, NONE);
        }
    }

    private static ArrowType signed(int bits) {
        return new ArrowType.Int(bits, true);
    }

    private static ArrowType unsigned(int bits) {
        return new ArrowType.Int(bits, false);
    }

    @Test
    void numbers_keep_every_bit() {
        assertThat(value(ArrowType.Bool.INSTANCE, BitVector.class, v -> v.setSafe(0, 1)))
                .isEqualTo(true);
        assertThat(value(signed(8), TinyIntVector.class, v -> v.setSafe(0, -128)))
                .isEqualTo((byte) -128);
        assertThat(value(signed(16), SmallIntVector.class, v -> v.setSafe(0, -2)))
                .isEqualTo((short) -2);
        assertThat(value(signed(32), IntVector.class, v -> v.setSafe(0, -3))).isEqualTo(-3);
        assertThat(value(signed(64), BigIntVector.class, v -> v.setSafe(0, Long.MIN_VALUE)))
                .isEqualTo(Long.MIN_VALUE);
        assertThat(value(unsigned(8), UInt1Vector.class, v -> v.setSafe(0, 255)))
                .isEqualTo((short) 255);
        assertThat(value(unsigned(16), UInt2Vector.class, v -> v.setSafe(0, 65535)))
                .isEqualTo(65535);
        assertThat(value(unsigned(32), UInt4Vector.class, v -> v.setSafe(0, -1)))
                .isEqualTo(4294967295L);
        assertThat(value(unsigned(64), UInt8Vector.class, v -> v.setSafe(0, -1L)))
                .isEqualTo(new BigInteger("18446744073709551615"));
        assertThat(value(
                        new ArrowType.FloatingPoint(FloatingPointPrecision.HALF),
                        Float2Vector.class,
                        v -> v.setSafeWithPossibleTruncate(0, 1.5f)))
                .isEqualTo(1.5f);
        assertThat(value(
                        new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE),
                        Float4Vector.class,
                        v -> v.setSafe(0, 0.1f)))
                .isEqualTo(0.1f);
        assertThat(value(
                        new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE),
                        Float8Vector.class,
                        v -> v.setSafe(0, Double.NaN)))
                .isEqualTo(Double.NaN);
        BigDecimal decimal = new BigDecimal("-12345678901234567890123456789.123456789");
        assertThat(value(new ArrowType.Decimal(38, 9, 128), DecimalVector.class, v -> v.setSafe(0, decimal)))
                .isEqualTo(decimal);
        assertThat(value(new ArrowType.Decimal(50, 9, 256), Decimal256Vector.class, v -> v.setSafe(0, decimal)))
                .isEqualTo(decimal);
    }

    @Test
    void text_and_bytes_come_from_every_layout() {
        byte[] utf8 = "é😀\0".getBytes(StandardCharsets.UTF_8);
        assertThat(value(new ArrowType.Utf8(), VarCharVector.class, v -> v.setSafe(0, utf8)))
                .isEqualTo("é😀\0");
        assertThat(value(new ArrowType.LargeUtf8(), LargeVarCharVector.class, v -> v.setSafe(0, utf8)))
                .isEqualTo("é😀\0");
        assertThat(value(new ArrowType.Utf8View(), ViewVarCharVector.class, v -> v.setSafe(0, utf8)))
                .isEqualTo("é😀\0");
        assertThat(value(new ArrowType.Binary(), VarBinaryVector.class, v -> v.setSafe(0, utf8)))
                .isEqualTo(utf8);
        assertThat(value(new ArrowType.LargeBinary(), LargeVarBinaryVector.class, v -> v.setSafe(0, utf8)))
                .isEqualTo(utf8);
        assertThat(value(new ArrowType.BinaryView(), ViewVarBinaryVector.class, v -> v.setSafe(0, utf8)))
                .isEqualTo(utf8);
        assertThat(value(
                        new ArrowType.FixedSizeBinary(2),
                        FixedSizeBinaryVector.class,
                        v -> v.setSafe(0, new byte[] {1, 2})))
                .isEqualTo(new byte[] {1, 2});
        assertThat(EngineTestBase.codeOf(() ->
                        value(new ArrowType.Utf8(), VarCharVector.class, v -> v.setSafe(0, new byte[] {(byte) 0xff}))))
                .isEqualTo(ErrorCode.INVALID_TEXT_REPRESENTATION);
    }

    @Test
    void extension_types_that_mean_a_plain_type_become_it() {
        UUID uuid = UUID.fromString("f0000000-0000-0000-8000-000000000001");
        Field uuidField = new Field(
                "u",
                new FieldType(
                        true, new ArrowType.FixedSizeBinary(16), null, Map.of("ARROW:extension:name", "arrow.uuid")),
                null);
        byte[] bytes = java.nio.ByteBuffer.allocate(16)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
        assertThat(value(uuidField, FixedSizeBinaryVector.class, v -> v.setSafe(0, bytes)))
                .isEqualTo(uuid);
        Field bool8 = new Field(
                "b", new FieldType(true, signed(8), null, Map.of("ARROW:extension:name", "arrow.bool8")), null);
        assertThat(value(bool8, TinyIntVector.class, v -> v.setSafe(0, 1))).isEqualTo(true);
    }

    @Test
    void dates_and_times_come_from_every_unit() {
        assertThat(value(new ArrowType.Date(DateUnit.DAY), DateDayVector.class, v -> v.setSafe(0, -1)))
                .isEqualTo(LocalDate.of(1969, 12, 31));
        assertThat(value(new ArrowType.Date(DateUnit.MILLISECOND), DateMilliVector.class, v -> v.setSafe(0, -1)))
                .isEqualTo(LocalDate.of(1969, 12, 31));
        assertThat(value(new ArrowType.Time(TimeUnit.SECOND, 32), TimeSecVector.class, v -> v.setSafe(0, 86399)))
                .isEqualTo(LocalTime.of(23, 59, 59));
        assertThat(value(new ArrowType.Time(TimeUnit.MILLISECOND, 32), TimeMilliVector.class, v -> v.setSafe(0, 1)))
                .isEqualTo(LocalTime.of(0, 0, 0, 1_000_000));
        assertThat(value(new ArrowType.Time(TimeUnit.MICROSECOND, 64), TimeMicroVector.class, v -> v.setSafe(0, 1)))
                .isEqualTo(LocalTime.of(0, 0, 0, 1_000));
        assertThat(value(new ArrowType.Time(TimeUnit.NANOSECOND, 64), TimeNanoVector.class, v -> v.setSafe(0, 1)))
                .isEqualTo(LocalTime.of(0, 0, 0, 1));
        assertThat(EngineTestBase.codeOf(() ->
                        value(new ArrowType.Time(TimeUnit.SECOND, 32), TimeSecVector.class, v -> v.setSafe(0, 86400))))
                .isEqualTo(ErrorCode.DATETIME_FIELD_OVERFLOW);
    }

    @Test
    void timestamps_keep_the_instant_to_the_nanosecond() {
        for (TimeUnit unit : TimeUnit.values()) {
            assertThat(value(new ArrowType.Timestamp(unit, null), TimeStampVector.class, v -> v.setSafe(0, -1)))
                    .isEqualTo(
                            LocalDateTime.ofEpochSecond(-1, 0, ZoneOffset.UTC).plusNanos(1_000_000_000L - nanos(unit)));
            assertThat(value(
                            new ArrowType.Timestamp(unit, "Europe/Paris"),
                            TimeStampVector.class,
                            v -> v.setSafe(0, -1)))
                    .isEqualTo(OffsetDateTime.ofInstant(java.time.Instant.ofEpochSecond(-1), ZoneOffset.UTC)
                            .plusNanos(1_000_000_000L - nanos(unit)));
        }
    }

    private static long nanos(TimeUnit unit) {
        return switch (unit) {
            case SECOND -> 1_000_000_000L;
            case MILLISECOND -> 1_000_000L;
            case MICROSECOND -> 1_000L;
            case NANOSECOND -> 1L;
        };
    }

    @Test
    void intervals_and_durations_come_from_every_unit() {
        assertThat(value(
                        new ArrowType.Interval(IntervalUnit.YEAR_MONTH),
                        IntervalYearVector.class,
                        v -> v.setSafe(0, 14)))
                .isEqualTo(Period.ofMonths(14));
        assertThat(value(
                        new ArrowType.Interval(IntervalUnit.DAY_TIME),
                        IntervalDayVector.class,
                        v -> v.setSafe(0, 2, -3)))
                .isEqualTo(Duration.ofDays(2).minusMillis(3));
        assertThat(value(
                        new ArrowType.Interval(IntervalUnit.MONTH_DAY_NANO),
                        IntervalMonthDayNanoVector.class,
                        v -> v.setSafe(0, 1, -2, 3L)))
                .isEqualTo(new PeriodDuration(Period.of(0, 1, -2), Duration.ofNanos(3)));
        assertThat(value(new ArrowType.Duration(TimeUnit.MICROSECOND), DurationVector.class, v -> v.setSafe(0, -1L)))
                .isEqualTo(Duration.ofNanos(-1000));
    }

    @Test
    void lists_hold_their_own_elements() {
        try (ListVector list = ListVector.empty("l", allocator);
                LargeListVector large = LargeListVector.empty("l", allocator);
                FixedSizeListVector fixed = FixedSizeListVector.empty("l", 2, allocator)) {
            fill((IntVector) list.addOrGetVector(FieldType.nullable(signed(32))).getVector());
            list.startNewValue(0);
            list.endValue(0, 1);
            list.startNewValue(1);
            list.endValue(1, 2);
            list.setValueCount(3);
            assertThat(ArrowValues.value(list, 1, NONE)).isEqualTo(Arrays.asList(2, null));
            assertThat(ArrowValues.value(list, 2, NONE)).isNull();
            fill((IntVector)
                    large.addOrGetVector(FieldType.nullable(signed(32))).getVector());
            large.startNewValue(0);
            large.endValue(0, 3);
            large.setValueCount(1);
            assertThat(ArrowValues.value(large, 0, NONE)).isEqualTo(Arrays.asList(1, 2, null));
            fill((IntVector)
                    fixed.addOrGetVector(FieldType.nullable(signed(32))).getVector());
            fixed.setNotNull(0);
            fixed.setValueCount(1);
            assertThat(ArrowValues.value(fixed, 0, NONE)).isEqualTo(List.of(1, 2));
        }
    }

    private static void fill(IntVector elements) {
        elements.allocateNew();
        elements.setSafe(0, 1);
        elements.setSafe(1, 2);
        elements.setNull(2);
        elements.setValueCount(3);
    }

    @Test
    void structs_and_maps_are_told_apart() {
        try (StructVector struct = StructVector.empty("s", allocator);
                MapVector map = MapVector.empty("m", allocator, false)) {
            struct.addOrGet("a", FieldType.nullable(signed(32)), IntVector.class)
                    .setSafe(0, 1);
            struct.addOrGet("b", FieldType.nullable(new ArrowType.Utf8()), VarCharVector.class)
                    .setNull(0);
            struct.setIndexDefined(0);
            struct.setValueCount(1);
            StructValue value = (StructValue) ArrowValues.value(struct, 0, NONE);
            assertThat(value.fields()).containsEntry("a", 1).containsEntry("b", null);
            UnionMapWriter writer = map.getWriter();
            writer.startMap();
            writer.startEntry();
            writer.key().integer().writeInt(7);
            writer.value().integer().writeInt(8);
            writer.endEntry();
            writer.endMap();
            map.setValueCount(1);
            assertThat(ArrowValues.value(map, 0, NONE)).isEqualTo(Map.of(7, 8));
        }
    }

    @Test
    void dictionary_indices_become_the_values_they_stand_for() {
        DictionaryEncoding encoding = new DictionaryEncoding(1, false, new ArrowType.Int(32, true));
        Field field = new Field("d", new FieldType(true, signed(32), encoding), null);
        try (VarCharVector values = new VarCharVector("values", allocator);
                IntVector indices = (IntVector) field.createVector(allocator)) {
            values.allocateNew();
            values.setSafe(0, "zero".getBytes(StandardCharsets.UTF_8));
            values.setSafe(1, "one".getBytes(StandardCharsets.UTF_8));
            values.setValueCount(2);
            indices.setSafe(0, 1);
            indices.setNull(1);
            indices.setSafe(2, 2);
            indices.setValueCount(3);
            DictionaryProvider provider =
                    new DictionaryProvider.MapDictionaryProvider(new Dictionary(values, encoding));
            assertThat(ArrowValues.value(indices, 0, provider)).isEqualTo("one");
            assertThat(ArrowValues.value(indices, 1, provider)).isNull();
            assertThat(EngineTestBase.codeOf(() -> ArrowValues.value(indices, 2, provider)))
                    .isEqualTo(ErrorCode.DATA_EXCEPTION);
        }
    }

    @Test
    void unions_and_runs_become_the_value_they_hold() {
        Field union = new Field(
                "u",
                FieldType.nullable(new ArrowType.Union(UnionMode.Dense, new int[] {0})),
                List.of(Field.nullable("i", signed(32))));
        Field runs = new Field(
                "r",
                FieldType.nullable(new ArrowType.RunEndEncoded()),
                List.of(Field.notNullable("run_ends", signed(32)), Field.nullable("values", signed(32))));
        try (DenseUnionVector vector = (DenseUnionVector) union.createVector(allocator);
                RunEndEncodedVector encoded = (RunEndEncodedVector) runs.createVector(allocator)) {
            vector.allocateNew();
            vector.setTypeId(0, (byte) 0);
            vector.getOffsetBuffer().setInt(0, 0);
            ((IntVector) vector.getVectorByType((byte) 0)).setSafe(0, 9);
            vector.setValueCount(1);
            assertThat(ArrowValues.value(vector, 0, NONE)).isEqualTo(9);
            fill((IntVector) encoded.getValuesVector());
            IntVector ends = (IntVector) encoded.getRunEndsVector();
            ends.allocateNew();
            ends.setSafe(0, 2);
            ends.setSafe(1, 3);
            ends.setSafe(2, 5);
            ends.setValueCount(3);
            encoded.setValueCount(5);
            assertThat(ArrowValues.value(encoded, 1, NONE)).isEqualTo(1);
            assertThat(ArrowValues.value(encoded, 2, NONE)).isEqualTo(2);
            assertThat(ArrowValues.value(encoded, 4, NONE)).isNull();
        }
    }

    @Test
    void a_null_vector_holds_nulls() {
        try (NullVector vector = new NullVector("n", 3)) {
            assertThat(ArrowValues.value(vector, 2, NONE)).isNull();
        }
    }

    @Test
    void a_row_is_its_columns_in_order() {
        try (IntVector a = new IntVector("a", allocator);
                IntVector b = new IntVector("b", allocator)) {
            fill(a);
            fill(b);
            VectorSchemaRoot root = VectorSchemaRoot.of(a, b);
            assertThat(ArrowValues.row(root, 1, NONE)).containsExactly(2, 2);
            assertThat(ArrowValues.row(root, 2, NONE)).containsExactly(null, null);
        }
    }
}
