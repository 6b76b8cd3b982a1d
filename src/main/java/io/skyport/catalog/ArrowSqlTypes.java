package io.skyport.catalog;

import io.skyport.engine.PlainColumns;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.UnionMode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.ArrowType.ExtensionType;
import org.apache.arrow.vector.types.pojo.Field;

/** The SQL type of a column that comes in as Arrow: what the engine makes of it. */
public final class ArrowSqlTypes {

    private static final int BITS_PER_BYTE = 8;

    private static final Pattern UNWRITABLE = Pattern.compile("^$|[\\n\\r\\x00]");

    private ArrowSqlTypes() {}

    /**
     * The type of a column without dictionaries.
     *
     * @throws SkyportException 0A000 if there is none, 42701 if a struct has two fields of a name, 54001 if it nests too deeply;
     *     the text names the column
     */
    public static SqlType of(Field column) {
        return of(column, column, 1);
    }

    private static SqlType of(Field field, Field column, int depth) {
        if (depth > SqlTypes.MAX_NESTING) {
            throw new SkyportException(
                    ErrorCode.STATEMENT_TOO_COMPLEX,
                    named(column) + "its type nests deeper than " + SqlTypes.MAX_NESTING + " levels");
        }
        String extension = field.getMetadata().get(ExtensionType.EXTENSION_METADATA_KEY_NAME);
        if (extension != null) {
            switch (extension) {
                case PlainColumns.UUID:
                    return SqlTypes.of(ScalarType.UUID);
                case PlainColumns.JSON:
                    return SqlTypes.of(ScalarType.JSON);
                case PlainColumns.BOOL8:
                    return SqlTypes.of(ScalarType.BOOLEAN);
                default:
                    break;
            }
        }
        return switch (field.getType().getTypeID()) {
            case List, LargeList, ListView, LargeListView -> new NestedType.ListType(element(field, column, depth));
            case FixedSizeList -> array(field, column, depth);
            case Struct -> new NestedType.StructType(members(field, column, depth));
            case Union -> union(field, column, depth);
            case Map -> map(field, column, depth);
            case RunEndEncoded -> of(child(field, 1, column), column, depth + 1);
            default -> scalar(field.getType(), column);
        };
    }

    private static SqlType element(Field field, Field column, int depth) {
        return of(child(field, 0, column), column, depth + 1);
    }

    private static Field child(Field field, int number, Field column) {
        if (number >= field.getChildren().size()) {
            throw unsupported(column, field.getType());
        }
        return field.getChildren().get(number);
    }

    private static SqlType array(Field field, Field column, int depth) {
        int length = ((ArrowType.FixedSizeList) field.getType()).getListSize();
        if (length < 1) {
            throw unsupported(column, field.getType());
        }
        return new NestedType.ArrayType(element(field, column, depth), length);
    }

    private static SqlType map(Field field, Field column, int depth) {
        Field entry = child(field, 0, column);
        SqlType key = of(child(entry, 0, column), column, depth + 1);
        return new NestedType.MapType(key, of(child(entry, 1, column), column, depth + 1));
    }

    private static SqlType union(Field field, Field column, int depth) {
        ArrowType.Union type = (ArrowType.Union) field.getType();
        int[] inOrder = IntStream.range(0, field.getChildren().size()).toArray();
        if (type.getMode() == UnionMode.Dense || !Arrays.equals(type.getTypeIds(), inOrder)) {
            throw unsupported(column, type);
        }
        return new UnionType(members(field, column, depth));
    }

    private static List<Member> members(Field field, Field column, int depth) {
        if (field.getChildren().isEmpty()) {
            throw unsupported(column, field.getType());
        }
        Set<String> names = new HashSet<>();
        for (Field child : field.getChildren()) {
            if (UNWRITABLE.matcher(child.getName()).find()) {
                throw new SkyportException(
                        ErrorCode.FEATURE_NOT_SUPPORTED,
                        named(column) + "a field has no name, or one with a line break");
            }
            if (!names.add(NameCase.fold(child.getName()))) {
                throw new SkyportException(
                        ErrorCode.DUPLICATE_COLUMN, named(column) + "several fields \"" + child.getName() + "\"");
            }
        }
        return field.getChildren().stream()
                .map(child ->
                        new Member('"' + child.getName().replace("\"", "\"\"") + '"', of(child, column, depth + 1)))
                .toList();
    }

    private static SqlType scalar(ArrowType type, Field column) {
        return switch (type.getTypeID()) {
            case Decimal -> decimal((ArrowType.Decimal) type, column);
            case Int -> SqlTypes.of(integer((ArrowType.Int) type));
            case FloatingPoint ->
                SqlTypes.of(
                        ((ArrowType.FloatingPoint) type).getPrecision() == FloatingPointPrecision.DOUBLE
                                ? ScalarType.DOUBLE
                                : ScalarType.FLOAT);
            case Timestamp -> SqlTypes.of(timestamp((ArrowType.Timestamp) type));
            case Time ->
                SqlTypes.of(
                        ((ArrowType.Time) type).getUnit() == TimeUnit.NANOSECOND
                                ? ScalarType.TIME_NS
                                : ScalarType.TIME);
            case Bool -> SqlTypes.of(ScalarType.BOOLEAN);
            case Utf8, LargeUtf8, Utf8View -> SqlTypes.of(ScalarType.VARCHAR);
            case Binary, LargeBinary, BinaryView, FixedSizeBinary -> SqlTypes.of(ScalarType.BLOB);
            case Date -> SqlTypes.of(ScalarType.DATE);
            case Interval, Duration -> SqlTypes.of(ScalarType.INTERVAL);
            case Null -> SqlTypes.of(ScalarType.NULL);
            default -> throw unsupported(column, type);
        };
    }

    private static SqlType decimal(ArrowType.Decimal type, Field column) {
        boolean fits = type.getPrecision() >= 1
                && type.getPrecision() <= ScalarType.DECIMAL.precision()
                && type.getScale() >= 0
                && type.getScale() <= type.getPrecision();
        if (!fits) {
            throw unsupported(column, type);
        }
        return new DecimalType(type.getPrecision(), type.getScale());
    }

    private static ScalarType integer(ArrowType.Int type) {
        boolean signed = type.getIsSigned();
        return switch (type.getBitWidth() / BITS_PER_BYTE) {
            case Byte.BYTES -> signed ? ScalarType.TINYINT : ScalarType.UTINYINT;
            case Short.BYTES -> signed ? ScalarType.SMALLINT : ScalarType.USMALLINT;
            case Integer.BYTES -> signed ? ScalarType.INTEGER : ScalarType.UINTEGER;
            default -> signed ? ScalarType.BIGINT : ScalarType.UBIGINT;
        };
    }

    private static ScalarType timestamp(ArrowType.Timestamp type) {
        if (type.getTimezone() != null && !type.getTimezone().isEmpty()) {
            return ScalarType.TIMESTAMP_WITH_TIME_ZONE;
        }
        return switch (type.getUnit()) {
            case SECOND -> ScalarType.TIMESTAMP_S;
            case MILLISECOND -> ScalarType.TIMESTAMP_MS;
            case MICROSECOND -> ScalarType.TIMESTAMP;
            case NANOSECOND -> ScalarType.TIMESTAMP_NS;
        };
    }

    private static SkyportException unsupported(Field column, ArrowType type) {
        return new SkyportException(
                ErrorCode.FEATURE_NOT_SUPPORTED, named(column) + "the Arrow type " + type + " cannot be stored");
    }

    private static String named(Field column) {
        return "column \"" + column.getName() + "\": ";
    }
}
