package io.skyport.catalog;

import static org.apache.arrow.vector.types.TimeUnit.MICROSECOND;
import static org.apache.arrow.vector.types.TimeUnit.MILLISECOND;
import static org.apache.arrow.vector.types.TimeUnit.NANOSECOND;
import static org.apache.arrow.vector.types.TimeUnit.SECOND;

import java.sql.Types;
import java.util.List;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;

/**
 * The table of types: one row for each type of the engine that has no parts. Everything that any protocol says about a
 * type comes from here.
 *
 * <p>The Arrow type is what the engine exports with {@code TimeZone='UTC'} and {@code arrow_lossless_conversion=false}.
 * Unsigned integers travel as the next larger signed type: Arrow's JDBC driver makes -1 of an unsigned 255.
 * {@code xdbc} is the concise type code; types that travel as text have VARCHAR's. Columns of sizes: precision, scale,
 * display size, with the meaning {@link SqlType} gives them.
 */
enum ScalarType {
    BOOLEAN(TypeClass.BOOLEAN, new ArrowType.Bool(), Types.BIT, 1, 0, 5, "BOOL", "LOGICAL"),
    TINYINT(TypeClass.INTEGER, integer(8), Types.TINYINT, 3, 0, 4, "INT1"),
    UTINYINT(TypeClass.UNSIGNED, "SMALLINT", Types.SMALLINT, 3, 0, 3, "UINT8"),
    SMALLINT(TypeClass.INTEGER, integer(16), Types.SMALLINT, 5, 0, 6, "INT2", "INT16", "SHORT"),
    USMALLINT(TypeClass.UNSIGNED, "INTEGER", Types.INTEGER, 5, 0, 5, "UINT16"),
    INTEGER(TypeClass.INTEGER, integer(32), Types.INTEGER, 10, 0, 11, "INT", "INT4", "INT32", "SIGNED", "INTEGRAL"),
    UINTEGER(TypeClass.UNSIGNED, "BIGINT", Types.BIGINT, 10, 0, 10, "UINT32"),
    BIGINT(TypeClass.INTEGER, integer(64), Types.BIGINT, 19, 0, 20, "INT8", "INT64", "LONG", "OID"),
    UBIGINT(TypeClass.UNSIGNED, "DECIMAL(20,0)", Types.DECIMAL, 20, 0, 20, "UINT64"),
    HUGEINT(TypeClass.DECIMAL, "DECIMAL(38,0)", Types.DECIMAL, 38, 0, 39, "INT128"),
    UHUGEINT(TypeClass.DECIMAL, "DECIMAL(38,0)", Types.DECIMAL, 38, 0, 38, "UINT128"),
    /** The limits; {@link DecimalType} has the digits of a particular one. */
    DECIMAL(TypeClass.DECIMAL, new ArrowType.Decimal(38, 0, 128), Types.DECIMAL, 38, 38, 41, "NUMERIC", "DEC"),
    FLOAT(
            TypeClass.APPROXIMATE,
            new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE),
            Types.REAL,
            7,
            0,
            14,
            "REAL",
            "FLOAT4"),
    DOUBLE(
            TypeClass.APPROXIMATE,
            new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE),
            Types.DOUBLE,
            15,
            0,
            24,
            "DOUBLE PRECISION",
            "FLOAT8"),
    VARCHAR(
            TypeClass.TEXT,
            new ArrowType.Utf8(),
            Types.VARCHAR,
            Integer.MAX_VALUE,
            0,
            0,
            "CHAR",
            "TEXT",
            "STRING",
            "BPCHAR",
            "NVARCHAR",
            "CHARACTER",
            "CHARACTER VARYING"),
    BLOB(
            TypeClass.BINARY,
            new ArrowType.Binary(),
            Types.LONGVARBINARY,
            Integer.MAX_VALUE,
            0,
            0,
            "BINARY",
            "VARBINARY",
            "BYTEA"),
    DATE(TypeClass.DATETIME, new ArrowType.Date(DateUnit.DAY), Types.DATE, 10, 0, 10),
    TIME(TypeClass.DATETIME, new ArrowType.Time(MICROSECOND, 64), Types.TIME, 15, 6, 15, "TIME WITHOUT TIME ZONE"),
    TIME_NS(TypeClass.DATETIME, new ArrowType.Time(NANOSECOND, 64), Types.TIME, 18, 9, 18),
    TIME_WITH_TIME_ZONE(TypeClass.AS_TEXT, "VARCHAR", Types.VARCHAR, 24, 0, 24, "TIMETZ"),
    TIMESTAMP(
            TypeClass.DATETIME,
            new ArrowType.Timestamp(MICROSECOND, null),
            Types.TIMESTAMP,
            26,
            6,
            26,
            "DATETIME",
            "TIMESTAMP_US",
            "TIMESTAMP WITHOUT TIME ZONE"),
    TIMESTAMP_S(TypeClass.DATETIME, new ArrowType.Timestamp(SECOND, null), Types.TIMESTAMP, 19, 0, 19),
    TIMESTAMP_MS(TypeClass.DATETIME, new ArrowType.Timestamp(MILLISECOND, null), Types.TIMESTAMP, 23, 3, 23),
    TIMESTAMP_NS(TypeClass.DATETIME, new ArrowType.Timestamp(NANOSECOND, null), Types.TIMESTAMP, 29, 9, 29),
    TIMESTAMP_WITH_TIME_ZONE(
            TypeClass.DATETIME, new ArrowType.Timestamp(MICROSECOND, "UTC"), Types.TIMESTAMP, 32, 6, 32, "TIMESTAMPTZ"),
    INTERVAL(
            TypeClass.INTERVAL,
            new ArrowType.Interval(IntervalUnit.MONTH_DAY_NANO),
            ScalarType.XDBC_INTERVAL,
            0,
            6,
            71),
    UUID(TypeClass.AS_TEXT, "VARCHAR", Types.VARCHAR, 36, 0, 36, "GUID"),
    JSON(TypeClass.TEXT, "VARCHAR", Types.VARCHAR, Integer.MAX_VALUE, 0, 0),
    BIT(TypeClass.AS_TEXT, "VARCHAR", Types.VARCHAR, Integer.MAX_VALUE, 0, 0, "BITSTRING"),
    BIGNUM(TypeClass.AS_TEXT, "VARCHAR", Types.VARCHAR, Integer.MAX_VALUE, 0, 0, "VARINT"),
    GEOMETRY(TypeClass.AS_TEXT, "VARCHAR", Types.VARCHAR, Integer.MAX_VALUE, 0, 0),
    VARIANT(TypeClass.AS_TEXT, "VARCHAR", Types.VARCHAR, Integer.MAX_VALUE, 0, 0),
    /** The type of a bare NULL: the engine exports it as an INTEGER column. */
    NULL(TypeClass.INTEGER, "INTEGER", Types.INTEGER, 10, 0, 11);

    /** XdbcDataType XDBC_INTERVAL, which JDBC has no constant for. */
    static final int XDBC_INTERVAL = 10;

    private final TypeClass typeClass;
    private final ArrowType arrowType;
    private final String wireName;
    private final int xdbc;
    private final int precision;
    private final int scale;
    private final int displaySize;
    private final List<String> aliases;

    /** A type that travels as itself. */
    ScalarType(
            TypeClass typeClass,
            ArrowType arrowType,
            int xdbc,
            int precision,
            int scale,
            int displaySize,
            String... aliases) {
        this(typeClass, arrowType, "", xdbc, precision, scale, displaySize, aliases);
    }

    /** A type that travels as another. */
    ScalarType(
            TypeClass typeClass,
            String wireName,
            int xdbc,
            int precision,
            int scale,
            int displaySize,
            String... aliases) {
        this(typeClass, ArrowType.Null.INSTANCE, wireName, xdbc, precision, scale, displaySize, aliases);
    }

    ScalarType(
            TypeClass typeClass,
            ArrowType arrowType,
            String wireName,
            int xdbc,
            int precision,
            int scale,
            int displaySize,
            String... aliases) {
        this.typeClass = typeClass;
        this.arrowType = arrowType;
        this.wireName = wireName;
        this.xdbc = xdbc;
        this.precision = precision;
        this.scale = scale;
        this.displaySize = displaySize;
        this.aliases = List.of(aliases);
    }

    /** The engine's name, without quotes. */
    String sqlName() {
        return this == TIME_WITH_TIME_ZONE || this == TIMESTAMP_WITH_TIME_ZONE ? name().replace('_', ' ') : name();
    }

    TypeClass typeClass() {
        return typeClass;
    }

    /** Meaningful only if the type travels as itself. */
    ArrowType arrowType() {
        return arrowType;
    }

    boolean travelsAsItself() {
        return wireName.isEmpty();
    }

    /** The name of the type it travels as; empty if it travels as itself. */
    String wireName() {
        return wireName;
    }

    int xdbc() {
        return xdbc;
    }

    int precision() {
        return precision;
    }

    int scale() {
        return scale;
    }

    int displaySize() {
        return displaySize;
    }

    /** The engine's other names of the type. */
    List<String> aliases() {
        return aliases;
    }

    private static ArrowType integer(int bits) {
        return new ArrowType.Int(bits, true);
    }
}
