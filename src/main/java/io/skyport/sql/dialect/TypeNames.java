package io.skyport.sql.dialect;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.text.SqlText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.SqlUserDefinedTypeNameSpec;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/** Names of types that are no words of the grammar: those of other databases, and what their arguments mean. */
final class TypeNames {

    /** The most that a FLOAT has. */
    static final int FLOAT_BITS = 24;

    /** What the engine does not know. */
    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("CLOB", "VARCHAR"),
            Map.entry("NCLOB", "VARCHAR"),
            Map.entry("LONGVARCHAR", "VARCHAR"),
            Map.entry("LONGNVARCHAR", "VARCHAR"),
            Map.entry("NVARCHAR", "VARCHAR"),
            Map.entry("VARCHAR2", "VARCHAR"),
            Map.entry("NVARCHAR2", "VARCHAR"),
            Map.entry("NTEXT", "VARCHAR"),
            Map.entry("TINYTEXT", "VARCHAR"),
            Map.entry("MEDIUMTEXT", "VARCHAR"),
            Map.entry("LONGTEXT", "VARCHAR"),
            Map.entry("LONGVARBINARY", "BLOB"),
            Map.entry("TINYBLOB", "BLOB"),
            Map.entry("MEDIUMBLOB", "BLOB"),
            Map.entry("LONGBLOB", "BLOB"),
            Map.entry("MEDIUMINT", "INTEGER"),
            Map.entry("NUMBER", "DECIMAL"),
            Map.entry("MONEY", "DECIMAL(18,2)"),
            Map.entry("SMALLDATETIME", "TIMESTAMP"),
            Map.entry("DATETIME2", "TIMESTAMP"),
            Map.entry("UNIQUEIDENTIFIER", "UUID"),
            Map.entry("VARBIT", "BIT"),
            Map.entry("JSONB", "JSON"));

    private static final Set<String> TEXTS = Set.of("VARCHAR", "TEXT", "STRING", "BPCHAR");
    private static final Set<String> DECIMALS = Set.of("DECIMAL", "NUMERIC", "DEC");
    private static final Set<String> TIMESTAMPS = Set.of("TIMESTAMP", "DATETIME");

    /** Whose lengths change nothing. */
    private static final Set<String> WITHOUT_ARGUMENTS = Set.of(
            "BLOB",
            "BYTEA",
            "BINARY",
            "VARBINARY",
            "BIT",
            "BITSTRING",
            "TIMESTAMPTZ",
            "TIMETZ",
            "TINYINT",
            "SMALLINT",
            "INTEGER",
            "BIGINT",
            "INT1",
            "INT2",
            "INT4",
            "INT8");

    /** Collections of FlyDB, with what is here for them. */
    private static final Map<String, String> REFUSED = Map.of(
            "SET", "a list, as VARCHAR[], and list_distinct",
            "ZSET", "a table, or a MAP",
            "SORTEDSET", "a table, or a MAP");

    private TypeNames() {}

    /** @throws SkyportException 0A000 for a type of FlyDB that is not here */
    static void requireKnown(String name, SqlIdentifier source) {
        String instead = REFUSED.get(name);
        if (instead != null) {
            throw new SkyportException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "the type " + name + " is not supported: write " + instead,
                    SqlText.position(source.getParserPosition()),
                    null);
        }
    }

    /** Of a name in upper case. */
    static String engineName(String name) {
        return ALIASES.getOrDefault(name, name);
    }

    static SqlTypeNameSpec spec(SqlIdentifier name, List<String> arguments, SqlParserPos pos) {
        SqlTypeNameSpec bare = new SqlUserDefinedTypeNameSpec(name, pos);
        if (arguments.isEmpty()) {
            return bare;
        }
        String engine = name.isSimple() ? engineName(name.getSimple().toUpperCase(Locale.ROOT)) : "";
        if (WITHOUT_ARGUMENTS.contains(engine)) {
            return bare;
        }
        boolean numbers = arguments.stream().allMatch(argument -> Character.isDigit(argument.charAt(0)));
        if (numbers && arguments.size() == 1) {
            int number = Integer.parseInt(arguments.get(0));
            if (TEXTS.contains(engine)) {
                return new SqlBasicTypeNameSpec(SqlTypeName.VARCHAR, number, pos);
            }
            if (TIMESTAMPS.contains(engine)) {
                return new SqlBasicTypeNameSpec(SqlTypeName.TIMESTAMP, number, pos);
            }
        }
        String written = DECIMALS.contains(engine) ? "DECIMAL" : EngineTypes.name(bare, EngineTypes.UserTypes.NONE);
        return EngineTypeNameSpec.of(written + "(" + String.join(", ", arguments) + ")", pos);
    }
}
