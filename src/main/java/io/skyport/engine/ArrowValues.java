package io.skyport.engine;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.DurationVector;
import org.apache.arrow.vector.ExtensionTypeVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.Float2Vector;
import org.apache.arrow.vector.IntervalDayVector;
import org.apache.arrow.vector.IntervalMonthDayNanoVector;
import org.apache.arrow.vector.IntervalYearVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeMilliVector;
import org.apache.arrow.vector.TimeNanoVector;
import org.apache.arrow.vector.TimeSecVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt2Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ViewVarCharVector;
import org.apache.arrow.vector.complex.DenseUnionVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.LargeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.ListViewVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.RunEndEncodedVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.complex.UnionVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.jspecify.annotations.Nullable;

/**
 * Rows of Arrow batches as Java values, the way {@link EngineConnection} binds parameters.
 *
 * <p>Exact: unsigned integers become the next wider type or BigInteger, timestamps keep their nanoseconds, a timestamp
 * with a time zone is the instant (OffsetDateTime in UTC). Structs become {@link StructValue}, maps Map, other lists List.
 */
public final class ArrowValues {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int UUID_BYTES = 16;

    private ArrowValues() {}

    /**
     * The values of one row, in the order of the columns.
     *
     * @param dictionaries of the dictionary-encoded columns
     * @throws SkyportException 22P02 for text that is not UTF-8, 22008 for a date or time out of range, 0A000 for a type
     *     without a Java value
     */
    public static List<@Nullable Object> row(VectorSchemaRoot root, int row, DictionaryProvider dictionaries) {
        List<@Nullable Object> values = new ArrayList<>(root.getFieldVectors().size());
        for (FieldVector vector : root.getFieldVectors()) {
            values.add(value(vector, row, dictionaries));
        }
        return values;
    }

    /** One value; null if it is null. */
    public static @Nullable Object value(ValueVector vector, int index, DictionaryProvider dictionaries) {
        @Nullable DictionaryEncoding encoding = vector.getField().getDictionary();
        if (encoding != null && vector instanceof BaseIntVector indices) {
            return decoded(indices, index, encoding, dictionaries);
        }
        if (vector instanceof RunEndEncodedVector runs) {
            return value(runs.getValuesVector(), run(runs, index), dictionaries);
        }
        if (vector instanceof NullVector || (vector.isNull(index) && !(vector instanceof UnionVector))) {
            return null;
        }
        try {
            return present(vector, index, dictionaries);
        } catch (DateTimeException | ArithmeticException e) {
            throw new SkyportException(
                    ErrorCode.DATETIME_FIELD_OVERFLOW, "value in column " + vector.getName() + " is out of range", e);
        }
    }

    private static @Nullable Object decoded(
            BaseIntVector indices, int index, DictionaryEncoding encoding, DictionaryProvider dictionaries) {
        if (indices.isNull(index)) {
            return null;
        }
        @Nullable Dictionary dictionary = dictionaries.lookup(encoding.getId());
        long position = indices.getValueAsLong(index);
        if (dictionary == null
                || position < 0
                || position >= dictionary.getVector().getValueCount()) {
            throw new SkyportException(
                    ErrorCode.DATA_EXCEPTION, "column " + indices.getName() + " has an index outside its dictionary");
        }
        return value(dictionary.getVector(), (int) position, dictionaries);
    }

    private static int run(RunEndEncodedVector runs, int index) {
        BaseIntVector ends = (BaseIntVector) runs.getRunEndsVector();
        int run = 0;
        while (ends.getValueAsLong(run) <= index) {
            run++;
        }
        return run;
    }

    private static @Nullable Object present(ValueVector vector, int index, DictionaryProvider dictionaries) {
        return switch (vector.getMinorType()) {
            case BIT -> bool((BitVector) vector, index);
            case UINT1 -> ((UInt1Vector) vector).getObjectNoOverflow(index);
            case UINT2 -> (int) ((UInt2Vector) vector).get(index);
            case UINT4 -> ((UInt4Vector) vector).getObjectNoOverflow(index);
            case UINT8 -> unsigned(((UInt8Vector) vector).get(index));
            case TINYINT -> tinyInt(vector, index);
            case SMALLINT, INT, BIGINT, FLOAT4, FLOAT8, DECIMAL, DECIMAL256, VARBINARY, LARGEVARBINARY, VIEWVARBINARY ->
                vector.getObject(index);
            case FLOAT2 -> ((Float2Vector) vector).getValueAsFloat(index);
            case VARCHAR -> text(((VarCharVector) vector).get(index), vector);
            case LARGEVARCHAR -> text(((LargeVarCharVector) vector).get(index), vector);
            case VIEWVARCHAR -> text(((ViewVarCharVector) vector).get(index), vector);
            case FIXEDSIZEBINARY -> fixedSize((FixedSizeBinaryVector) vector, index);
            case DATEDAY -> LocalDate.ofEpochDay(((DateDayVector) vector).get(index));
            case DATEMILLI ->
                Instant.ofEpochMilli(((DateMilliVector) vector).get(index))
                        .atOffset(ZoneOffset.UTC)
                        .toLocalDate();
            case TIMESEC -> time(((TimeSecVector) vector).get(index), TimeUnit.SECOND);
            case TIMEMILLI -> time(((TimeMilliVector) vector).get(index), TimeUnit.MILLISECOND);
            case TIMEMICRO -> time(((TimeMicroVector) vector).get(index), TimeUnit.MICROSECOND);
            case TIMENANO -> time(((TimeNanoVector) vector).get(index), TimeUnit.NANOSECOND);
            case TIMESTAMPSEC, TIMESTAMPMILLI, TIMESTAMPMICRO, TIMESTAMPNANO ->
                timestamp((TimeStampVector) vector, index);
            case TIMESTAMPSECTZ, TIMESTAMPMILLITZ, TIMESTAMPMICROTZ, TIMESTAMPNANOTZ ->
                timestamp((TimeStampVector) vector, index).atOffset(ZoneOffset.UTC);
            case INTERVALYEAR -> ((IntervalYearVector) vector).getObject(index);
            case INTERVALDAY -> ((IntervalDayVector) vector).getObject(index);
            case INTERVALMONTHDAYNANO -> ((IntervalMonthDayNanoVector) vector).getObject(index);
            case DURATION -> ((DurationVector) vector).getObject(index);
            default -> nested(vector, index, dictionaries);
        };
    }

    private static Object bool(BitVector vector, int index) {
        return vector.get(index) != 0;
    }

    /** A TINYINT, or a Boolean if the column is of the extension type arrow.bool8. */
    private static Object tinyInt(ValueVector vector, int index) {
        byte value = ((TinyIntVector) vector).get(index);
        return "arrow.bool8".equals(extension(vector)) ? (Object) (value != 0) : (Object) value;
    }

    private static @Nullable String extension(ValueVector vector) {
        return vector.getField().getMetadata().get(ArrowType.ExtensionType.EXTENSION_METADATA_KEY_NAME);
    }

    private static BigInteger unsigned(long bits) {
        BigInteger value = BigInteger.valueOf(bits & Long.MAX_VALUE);
        return bits < 0 ? value.setBit(Long.SIZE - 1) : value;
    }

    private static String text(byte[] utf8, ValueVector vector) {
        return IncomingValues.decode(utf8, vector.getName());
    }

    /** Bytes, or a UUID if the column is of the extension type arrow.uuid. */
    private static Object fixedSize(FixedSizeBinaryVector vector, int index) {
        byte[] bytes = vector.get(index);
        if (bytes.length == UUID_BYTES && "arrow.uuid".equals(extension(vector))) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            return new UUID(buffer.getLong(), buffer.getLong());
        }
        return bytes;
    }

    private static LocalTime time(long value, TimeUnit unit) {
        return LocalTime.ofNanoOfDay(Math.multiplyExact(value, NANOS_PER_SECOND / perSecond(unit)));
    }

    private static LocalDateTime timestamp(TimeStampVector vector, int index) {
        long perSecond = perSecond(((ArrowType.Timestamp) vector.getField().getType()).getUnit());
        long value = vector.get(index);
        int nanos = (int) (Math.floorMod(value, perSecond) * (NANOS_PER_SECOND / perSecond));
        return LocalDateTime.ofEpochSecond(Math.floorDiv(value, perSecond), nanos, ZoneOffset.UTC);
    }

    private static long perSecond(TimeUnit unit) {
        return switch (unit) {
            case SECOND -> 1;
            case MILLISECOND -> 1_000;
            case MICROSECOND -> 1_000_000;
            case NANOSECOND -> NANOS_PER_SECOND;
        };
    }

    private static @Nullable Object nested(ValueVector vector, int index, DictionaryProvider dictionaries) {
        if (vector instanceof MapVector map) {
            return map(map, index, dictionaries);
        }
        if (vector instanceof StructVector struct) {
            return struct(struct, index, dictionaries);
        }
        if (vector instanceof ListVector list) {
            return list(
                    list.getDataVector(),
                    list.getElementStartIndex(index),
                    list.getElementEndIndex(index),
                    dictionaries);
        }
        if (vector instanceof LargeListVector list) {
            return list(
                    list.getDataVector(),
                    list.getElementStartIndex(index),
                    list.getElementEndIndex(index),
                    dictionaries);
        }
        if (vector instanceof FixedSizeListVector list) {
            return list(
                    list.getDataVector(),
                    list.getElementStartIndex(index),
                    list.getElementEndIndex(index),
                    dictionaries);
        }
        if (vector instanceof ListViewVector list) {
            return list(
                    list.getDataVector(),
                    list.getElementStartIndex(index),
                    list.getElementEndIndex(index),
                    dictionaries);
        }
        if (vector instanceof UnionVector union) {
            return value(union.getVector(index), index, dictionaries);
        }
        if (vector instanceof DenseUnionVector union) {
            return value(union.getVectorByType(union.getTypeId(index)), union.getOffset(index), dictionaries);
        }
        if (vector instanceof ExtensionTypeVector<?> extension) {
            return value(extension.getUnderlyingVector(), index, dictionaries);
        }
        throw new SkyportException(
                ErrorCode.FEATURE_NOT_SUPPORTED,
                "column " + vector.getName() + " has a type that cannot be bound: "
                        + vector.getField().getType());
    }

    private static List<@Nullable Object> list(
            FieldVector elements, long start, long end, DictionaryProvider dictionaries) {
        List<@Nullable Object> list = new ArrayList<>((int) (end - start));
        for (long i = start; i < end; i++) {
            list.add(value(elements, Math.toIntExact(i), dictionaries));
        }
        return list;
    }

    private static StructValue struct(StructVector vector, int index, DictionaryProvider dictionaries) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (FieldVector child : vector.getChildrenFromFields()) {
            fields.put(child.getName(), value(child, index, dictionaries));
        }
        return new StructValue(fields);
    }

    private static Map<Object, @Nullable Object> map(MapVector vector, int index, DictionaryProvider dictionaries) {
        StructVector entries = (StructVector) vector.getDataVector();
        List<FieldVector> keyAndValue = entries.getChildrenFromFields();
        Map<Object, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = vector.getElementStartIndex(index); i < vector.getElementEndIndex(index); i++) {
            @Nullable Object key = value(keyAndValue.get(0), i, dictionaries);
            if (key == null) {
                throw new SkyportException(
                        ErrorCode.NOT_NULL_VIOLATION, "a map in column " + vector.getName() + " has a null key");
            }
            map.put(key, value(keyAndValue.get(1), i, dictionaries));
        }
        return map;
    }
}
