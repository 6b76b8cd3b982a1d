package io.skyport.sql.statement;

import io.skyport.error.ErrorCode;
import io.skyport.sql.dialect.EngineNames;
import io.skyport.sql.dialect.FileFormat;
import io.skyport.sql.names.Nearest;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** OPTIONS of CREATE EXTERNAL TABLE: those that the engine's readers have and that are safe to pass on. */
final class ExternalOptions {

    private static final Set<String> TEXT = Set.of(
            "compression",
            "dateformat",
            "timestampformat",
            "ignore_errors",
            "sample_size",
            "union_by_name",
            "filename");

    private static final Map<FileFormat, Set<String>> KNOWN = Map.of(
            FileFormat.PARQUET,
            Set.of("binary_as_string", "file_row_number", "filename", "union_by_name"),
            FileFormat.ARROW,
            Set.of(),
            FileFormat.CSV,
            Set.of(
                    "header",
                    "delim",
                    "quote",
                    "escape",
                    "nullstr",
                    "skip",
                    "encoding",
                    "all_varchar",
                    "null_padding",
                    "auto_detect",
                    "decimal_separator",
                    "comment",
                    "max_line_size",
                    "strict_mode"),
            FileFormat.JSON,
            Set.of("format", "maximum_depth", "maximum_object_size", "records"));

    /** What others call them. */
    private static final Map<String, String> ALIASES = Map.of(
            "delimiter",
            "delim",
            "sep",
            "delim",
            "has_header",
            "header",
            "null_value",
            "nullstr",
            "null",
            "nullstr",
            "date_format",
            "dateformat",
            "timestamp_format",
            "timestampformat");

    private ExternalOptions() {}

    /** Reader options by the engine's names, each with its value as engine SQL. */
    static Map<String, String> of(@Nullable SqlNodeList options, FileFormat format) {
        Map<String, String> known = new LinkedHashMap<>();
        for (int i = 0; options != null && i < options.size(); i += 2) {
            SqlNode name = Objects.requireNonNull(options.get(i));
            known.put(name(name, format), value(Objects.requireNonNull(options.get(i + 1))));
        }
        return known;
    }

    private static String name(SqlNode node, FileFormat format) {
        String written = text(node).toLowerCase(Locale.ROOT);
        String bare = written.startsWith("format.") ? written.substring("format.".length()) : written;
        String name = ALIASES.getOrDefault(bare, bare);
        Set<String> own = Objects.requireNonNull(KNOWN.get(format));
        boolean shared = TEXT.contains(name) && (format == FileFormat.CSV || format == FileFormat.JSON);
        if (!own.contains(name) && !shared) {
            throw Compilation.error(
                    ErrorCode.UNDEFINED_OBJECT,
                    "STORED AS " + format + " has no option \"" + written + "\""
                            + Nearest.suggestion(name, own.stream()),
                    node);
        }
        return name;
    }

    private static String text(SqlNode node) {
        return node instanceof SqlIdentifier name
                ? String.join(".", name.names)
                : Objects.requireNonNull(((SqlLiteral) node).getValueAs(String.class));
    }

    private static String value(SqlNode node) {
        if (node instanceof SqlNumericLiteral number) {
            return number.toValue();
        }
        if (node instanceof SqlLiteral literal && literal.getTypeName() == SqlTypeName.BOOLEAN) {
            return String.valueOf(literal.getValue());
        }
        return EngineNames.literal(text(node));
    }
}
