package io.skyport.catalog;

import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * A SQL type of the engine, and its forms elsewhere: the one place where SQL, Arrow and JDBC/ODBC types meet.
 *
 * <p>Some types have no Arrow form that every client reads (HUGEINT, UUID, TIME WITH TIME ZONE, BIT, ENUM, ...). They
 * travel as their {@link #wireType()}: the compiler casts result columns to it inside the engine, so that nothing is lost.
 */
public interface SqlType {

    /** Parses the engine's name of a type, for example {@code MAP(VARCHAR, DECIMAL(10,2)[])}. */
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

    /** The type code that JDBC and ODBC share (XdbcDataType). */
    int xdbcType();

    /** Total digits of a number, characters of a text, digits of a datetime; 0 where it has no meaning. */
    int precision();

    /** Digits right of the decimal point or of the second; 0 where it has no meaning. */
    int scale();

    /** The most characters a value's text takes; 0 if unbounded. */
    int displaySize();

    /** Element, key, value or field types of a nested type. */
    List<SqlType> children();
}
