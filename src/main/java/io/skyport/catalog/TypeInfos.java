package io.skyport.catalog;

import java.sql.Types;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What clients are told about types (conformance text, section 6): the table of types under the engine's names and
 * under those standard names whose type code another name does not have.
 */
public final class TypeInfos {

    private static final int NULLABLE = 1;
    private static final int DECIMAL_RADIX = 10;
    private static final int SQL_DATETIME = 9;
    /** Months and days of an interval are 32-bit numbers. */
    private static final int INTERVAL_DIGITS = 10;

    /** Standard names with type codes of their own. FLOAT has 4 bytes here, so code 6 (8 bytes) is DOUBLE PRECISION. */
    private static final List<Entry> STANDARD_NAMES = List.of(
            new Entry("BINARY", Types.BINARY, ScalarType.BLOB),
            new Entry("VARBINARY", Types.VARBINARY, ScalarType.BLOB),
            new Entry("TEXT", Types.LONGVARCHAR, ScalarType.VARCHAR),
            new Entry("CHAR", Types.CHAR, ScalarType.VARCHAR),
            new Entry("NUMERIC", Types.NUMERIC, ScalarType.DECIMAL),
            new Entry("DOUBLE PRECISION", Types.FLOAT, ScalarType.DOUBLE),
            new Entry("REAL", Types.REAL, ScalarType.FLOAT));

    private static final List<TypeInfo> ALL = Stream.concat(
                    Stream.of(ScalarType.values())
                            .filter(row -> row != ScalarType.NULL)
                            .map(row -> new Entry(row.sqlName(), row.xdbc(), row)),
                    STANDARD_NAMES.stream())
            .map(Entry::info)
            .sorted(Comparator.comparingInt(TypeInfo::dataType).thenComparing(TypeInfo::typeName))
            .toList();

    private TypeInfos() {}

    /** All rows, ordered by type code, then name. */
    public static List<TypeInfo> all() {
        return ALL;
    }

    /** The rows of one type code, ordered by name; empty if no type has it. */
    public static List<TypeInfo> ofDataType(int dataType) {
        return ALL.stream().filter(info -> info.dataType() == dataType).toList();
    }

    private record Entry(String name, int dataType, ScalarType row) {

        TypeInfo info() {
            TypeClass typeClass = row.typeClass();
            Boolean unsigned = typeClass.numeric() ? unsigned() : null;
            return new TypeInfo(
                    name,
                    dataType,
                    row.precision() == 0 ? null : row.precision(),
                    typeClass.literalPrefix(),
                    typeClass.literalSuffix(),
                    createParams(),
                    NULLABLE,
                    typeClass == TypeClass.TEXT,
                    typeClass.searchable().code(),
                    unsigned,
                    false,
                    typeClass.numeric() ? false : null,
                    name,
                    minimumScale(),
                    maximumScale(),
                    sqlDataType(),
                    datetimeSubcode(),
                    typeClass.numeric() ? DECIMAL_RADIX : null,
                    typeClass == TypeClass.INTERVAL ? INTERVAL_DIGITS : null);
        }

        private boolean unsigned() {
            return new SimpleType(row).unsigned();
        }

        private @Nullable List<String> createParams() {
            return switch (row) {
                case DECIMAL -> List.of("precision", "scale");
                case VARCHAR -> List.of("length");
                default -> null;
            };
        }

        private @Nullable Integer minimumScale() {
            return row == ScalarType.DECIMAL ? Integer.valueOf(0) : maximumScale();
        }

        private @Nullable Integer maximumScale() {
            return switch (row.typeClass()) {
                case INTEGER, UNSIGNED, DECIMAL, DATETIME, INTERVAL -> row == ScalarType.DATE ? null : row.scale();
                case BOOLEAN, APPROXIMATE, TEXT, AS_TEXT, BINARY, NESTED -> null;
            };
        }

        private int sqlDataType() {
            return row.typeClass() == TypeClass.DATETIME ? SQL_DATETIME : dataType;
        }

        private @Nullable Integer datetimeSubcode() {
            return switch (row) {
                case DATE -> 1;
                case TIME, TIME_NS -> 2;
                case TIMESTAMP, TIMESTAMP_S, TIMESTAMP_MS, TIMESTAMP_NS -> 3;
                case TIMESTAMP_WITH_TIME_ZONE -> 5;
                default -> null;
            };
        }
    }
}
