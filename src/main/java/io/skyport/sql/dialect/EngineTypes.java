package io.skyport.sql.dialect;

import io.skyport.catalog.TypeInfos;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.text.SqlText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCollectionTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlMapTypeNameSpec;
import org.apache.calcite.sql.SqlRowTypeNameSpec;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.Util;

/** The engine's names of the types that the grammar reads. */
public final class EngineTypes {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private static final int MICROSECONDS = 6;

    private EngineTypes() {}

    /** Types that users made, by the names that a statement writes: their full names, quoted; empty if there is none. */
    @FunctionalInterface
    public interface UserTypes {

        /** Where there are none. */
        UserTypes NONE = name -> Optional.empty();

        Optional<String> find(SqlIdentifier name);
    }

    /** Whether the engine has a type of its own that is called so. */
    public static boolean isBuiltIn(SqlIdentifier name) {
        String last = name.names.get(name.names.size() - 1);
        return TypeInfos.all().stream().anyMatch(type -> type.typeName().equalsIgnoreCase(last));
    }

    public static String name(SqlDataTypeSpec type) {
        return name(type, UserTypes.NONE);
    }

    public static String name(SqlDataTypeSpec type, UserTypes userTypes) {
        return name(type.getTypeNameSpec(), userTypes);
    }

    static String name(SqlTypeNameSpec type, UserTypes userTypes) {
        if (type instanceof EngineTypeNameSpec engine) {
            return engine.engineName(userTypes);
        }
        if (type instanceof SqlCollectionTypeNameSpec collection) {
            return name(collection.getElementTypeName(), userTypes) + "[]";
        }
        if (type instanceof SqlMapTypeNameSpec map) {
            return "MAP(" + name(map.getKeyType(), userTypes) + ", " + name(map.getValType(), userTypes) + ")";
        }
        if (type instanceof SqlRowTypeNameSpec row) {
            return struct("STRUCT", row.getFieldNames(), row.getFieldTypes(), userTypes);
        }
        return type instanceof SqlBasicTypeNameSpec basic
                ? basic(basic, userTypes)
                : named(type.getTypeName(), userTypes);
    }

    /** The length of {@code VARCHAR(n)} and {@code CHAR(n)}: a cast to them cuts the text there. */
    public static OptionalInt textLength(SqlDataTypeSpec type) {
        if (type.getTypeNameSpec() instanceof SqlBasicTypeNameSpec basic
                && basic.getPrecision() >= 0
                && basic(basic, UserTypes.NONE).startsWith("VARCHAR")) {
            return OptionalInt.of(basic.getPrecision());
        }
        return OptionalInt.empty();
    }

    static String struct(String word, List<SqlIdentifier> names, List<SqlDataTypeSpec> types, UserTypes userTypes) {
        return Util.range(names.size()).stream()
                .map(i -> EngineNames.quoted(names.get(i).getSimple()) + " " + name(types.get(i), userTypes))
                .collect(Collectors.joining(", ", word + "(", ")"));
    }

    private static String basic(SqlBasicTypeNameSpec type, UserTypes userTypes) {
        SqlTypeName name =
                Util.enumVal(SqlTypeName.class, type.getTypeName().getSimple().replace(' ', '_'));
        if (name == null) {
            return named(type.getTypeName(), userTypes);
        }
        return switch (name) {
            case CHAR, VARCHAR -> "VARCHAR" + arguments(type);
            case BINARY, VARBINARY -> "BLOB";
            case DECIMAL -> "DECIMAL" + arguments(type);
            case TIMESTAMP -> "TIMESTAMP" + arguments(type);
            case TIME -> type.getPrecision() > MICROSECONDS ? "TIME_NS" : "TIME";
            case TIME_TZ, TIME_WITH_LOCAL_TIME_ZONE -> "TIME WITH TIME ZONE";
            case TIMESTAMP_TZ, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> "TIMESTAMP WITH TIME ZONE";
            case ANY ->
                throw new SkyportException(
                        ErrorCode.UNDEFINED_OBJECT,
                        "type \"any\" does not exist",
                        SqlText.position(type.getParserPos()),
                        null);
            default -> name.name();
        };
    }

    private static String arguments(SqlBasicTypeNameSpec type) {
        if (type.getPrecision() < 0) {
            return "";
        }
        return type.getScale() == Integer.MIN_VALUE || type.getScale() < 0
                ? "(" + type.getPrecision() + ")"
                : "(" + type.getPrecision() + "," + type.getScale() + ")";
    }

    private static String named(SqlIdentifier name, UserTypes userTypes) {
        return userTypes.find(name).orElseGet(() -> named(name));
    }

    /** The engine's own names are written bare: it resolves some of its aliases only so. */
    private static String named(SqlIdentifier name) {
        if (name.isSimple()
                && !name.isComponentQuoted(0)
                && PLAIN.matcher(name.getSimple()).matches()) {
            String bare = name.getSimple().toUpperCase(Locale.ROOT);
            TypeNames.requireKnown(bare, name);
            return TypeNames.engineName(bare);
        }
        return name.names.stream().map(EngineNames::quoted).collect(Collectors.joining("."));
    }
}
