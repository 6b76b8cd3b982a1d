package io.skyport.catalog;

import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * A SQL type of the engine, and its forms elsewhere: the one place where SQL, Arrow and JDBC/ODBC types meet.
 *
 * <p>Some types have no Arrow form that every client reads (HUGEINT, UUID, TIME WITH TIME ZONE, BIT, ENUM, ...). They
 * travel as their {@link #wireType()}: the compiler casts result columns to it inside the engine, so that nothing is lost.
 * What a type says of itself to clients (its code, precision, scale, size) is therefore what its wire type says.
 */
public interface SqlType {

    /**
     * Parses the engine's name of a type, for example {@code MAP(VARCHAR, DECIMAL(10,2)[])}. A name that the type table
     * does not have is taken for a type of the user's or of an extension, which travels as text.
     *
     * @throws IllegalArgumentException if the text is no type name
     * @throws io.skyport.error.SkyportException 54001 if it nests deeper than {@link SqlTypes#MAX_NESTING}
     */
    static SqlType parse(String engineTypeName) {
        return SqlTypes.parse(engineTypeName);
    }

    /** The engine's canonical name with its arguments; parsing it gives this type again. */
    String name();

    /** The type without arguments, for example {@code DECIMAL}; LIST, ARRAY, STRUCT, MAP, UNION for nested ones. */
    String baseName();

    /** The type that travels to clients: this one, or the one that values are cast to. */
    SqlType wireType();

    /** The Arrow field of a column of the wire type. */
    Field arrowField(String name, boolean nullable, Map<String, String> metadata);

    /** The type code that JDBC and ODBC share (XdbcDataType); 0 where they have none. */
    int xdbcType();

    /** Total digits of a number, characters of a text, digits of a datetime; 0 where it has no meaning. */
    int precision();

    /** Digits right of the decimal point or of the second; 0 where it has no meaning. */
    int scale();

    /** The most characters a value's text takes; 0 if unbounded. */
    int displaySize();

    /** Whether the type is a number that cannot be negative. */
    boolean unsigned();

    /** Whether values differ that differ in case only. */
    boolean caseSensitive();

    Searchable searchable();

    /** Element, key, value or field types of a nested type. */
    List<SqlType> children();
}
