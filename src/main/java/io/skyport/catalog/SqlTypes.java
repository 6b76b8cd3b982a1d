package io.skyport.catalog;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Types by name: the scalar ones, and whatever {@link TypeNameParser} makes of them. */
final class SqlTypes {

    /** How deep lists, structs and maps may nest; deeper types would exhaust the stacks of those who walk them. */
    static final int MAX_NESTING = 100;

    private static final Map<String, SqlType> BY_NAME = byName();

    private SqlTypes() {}

    static SqlType parse(String engineTypeName) {
        return new TypeNameParser(engineTypeName).parse();
    }

    /** A type that is not in the table: it travels as text. */
    static SqlType opaque(String engineTypeName) {
        return new OpaqueType(engineTypeName);
    }

    /** The scalar type of this name or alias, case ignored. */
    static Optional<SqlType> scalar(String name) {
        return Optional.ofNullable(BY_NAME.get(name.toUpperCase(Locale.ROOT)));
    }

    static SqlType of(ScalarType row) {
        return row == ScalarType.DECIMAL ? DecimalType.DEFAULT : new SimpleType(row);
    }

    private static Map<String, SqlType> byName() {
        Map<String, SqlType> types = new HashMap<>();
        for (ScalarType row : ScalarType.values()) {
            SqlType type = of(row);
            types.put(row.sqlName(), type);
            row.aliases().forEach(alias -> types.put(alias, type));
        }
        return Map.copyOf(types);
    }
}
