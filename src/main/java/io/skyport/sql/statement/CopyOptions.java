package io.skyport.sql.statement;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.dialect.EngineNames;
import io.skyport.sql.names.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** The options of a COPY: known ones, with literals for values. */
public final class CopyOptions {

    private static final String FORMAT = "format";

    private static final Map<String, String> ALIASES = Map.of(
            "delimiter", "delim",
            "sep", "delim",
            "null", "nullstr",
            "codec", "compression",
            "date_format", "dateformat",
            "timestamp_format", "timestampformat",
            "chunk_size", "row_group_size",
            "maximum_line_size", "max_line_size");

    private static final Set<String> TRUE = Set.of("true", "on", "yes", "1");
    private static final Set<String> FALSE = Set.of("false", "off", "no", "0");

    private final List<Option> options = new ArrayList<>();

    private record Option(SqlIdentifier name, @Nullable SqlNode value) {
        String key() {
            String lower = name.getSimple().toLowerCase(Locale.ROOT);
            return ALIASES.getOrDefault(lower, lower);
        }
    }

    /** {@code name [ value ]} */
    public void add(SqlIdentifier name, @Nullable SqlNode value) {
        options.add(new Option(name, value));
    }

    /** The older spelling, in which a format stands for itself. */
    public void addPlain(SqlIdentifier name, @Nullable SqlNode value) {
        if (value == null && CopyFormat.named(name.getSimple()).isPresent()) {
            options.add(new Option(new SqlIdentifier(FORMAT, name.getParserPosition()), name));
        } else {
            options.add(new Option(name, value));
        }
    }

    /** The format that is named, or that of the file's name. */
    CopyFormat format(String location) {
        return format(CopyFormat.ofPath(location));
    }

    /** The format that is named, if there is one. */
    CopyFormat format(CopyFormat otherwise) {
        return options.stream()
                .filter(option -> option.key().equals(FORMAT))
                .findFirst()
                .map(CopyOptions::format)
                .orElse(otherwise);
    }

    /** @throws SkyportException 42704 if there are others than the format and {@code names} */
    void requireOnly(Set<String> names, String statement) {
        for (Option option : options) {
            if (!option.key().equals(FORMAT) && !names.contains(option.key())) {
                String written = option.name().getSimple();
                throw Compilation.error(
                        ErrorCode.UNDEFINED_OBJECT,
                        statement + " has no option \"" + written + "\""
                                + Nearest.suggestion(written, Stream.concat(names.stream(), Stream.of(FORMAT))),
                        option.name());
            }
        }
    }

    private static CopyFormat format(Option option) {
        String name = option.value() == null ? "" : word(option.value());
        SqlNode place = option.value() == null ? option.name() : option.value();
        return CopyFormat.named(name)
                .orElseThrow(() -> Compilation.error(
                        ErrorCode.INVALID_PARAMETER_VALUE,
                        "COPY has the formats csv, parquet and json, not \"" + name + "\""
                                + Nearest.suggestion(
                                        name,
                                        Arrays.stream(CopyFormat.values())
                                                .map(format -> format.name().toLowerCase(Locale.ROOT))),
                        place));
    }

    /** {@code (FORMAT csv, ...)} */
    String print(CopyFormat format, boolean reading, Compilation compilation) {
        Map<String, CopyOption> known = format.options(reading);
        Set<String> seen = new HashSet<>();
        List<String> printed = new ArrayList<>(List.of("FORMAT " + format.name()));
        for (Option option : options) {
            if (!seen.add(option.key())) {
                throw Compilation.error(
                        ErrorCode.SYNTAX_ERROR,
                        "option \"" + option.name().getSimple() + "\" is given twice",
                        option.name());
            }
            if (!option.key().equals(FORMAT)) {
                printed.add(option.key() + " " + value(option, known(option, known, format, reading)));
            }
        }
        return printed.stream().collect(Collectors.joining(", ", " (", ")"));
    }

    private static CopyOption known(Option option, Map<String, CopyOption> known, CopyFormat format, boolean reading) {
        CopyOption found = known.get(option.key());
        if (found == null) {
            String written = option.name().getSimple();
            throw Compilation.error(
                    ErrorCode.UNDEFINED_OBJECT,
                    "COPY " + (reading ? "FROM" : "TO") + " a file of format "
                            + format.name().toLowerCase(Locale.ROOT) + " has no option \"" + written + "\""
                            + Nearest.suggestion(written, names(known)),
                    option.name());
        }
        return found;
    }

    private static Stream<String> names(Map<String, CopyOption> known) {
        Stream<String> others = ALIASES.entrySet().stream()
                .filter(alias -> known.containsKey(alias.getValue()))
                .map(Map.Entry::getKey);
        return Stream.concat(Stream.concat(known.keySet().stream(), others), Stream.of(FORMAT));
    }

    private static String value(Option option, CopyOption kind) {
        SqlNode value = option.value();
        if (value == null) {
            if (kind.value() != CopyOption.Value.FLAG) {
                throw unfit(option, "a value");
            }
            return "true";
        }
        return switch (kind.value()) {
            case FLAG -> flag(option, value);
            case NUMBER -> number(option, value);
            case TEXT -> text(option, value);
            case TEXTS -> value instanceof SqlNodeList || !isText(value) ? texts(option, value) : text(option, value);
            case COLUMNS -> columns(option, value);
            case NAME_PART -> namePart(option, value);
        };
    }

    private static String flag(Option option, SqlNode value) {
        String word = word(value).toLowerCase(Locale.ROOT);
        if (TRUE.contains(word)) {
            return "true";
        }
        if (FALSE.contains(word)) {
            return "false";
        }
        throw unfit(option, "true or false");
    }

    private static String number(Option option, SqlNode value) {
        if (value instanceof SqlNumericLiteral number) {
            return number.toValue();
        }
        throw unfit(option, "a number");
    }

    private static String text(Option option, SqlNode value) {
        if (!isText(value)) {
            throw unfit(option, "a text");
        }
        return EngineNames.literal(word(value));
    }

    private static boolean isText(SqlNode value) {
        return value instanceof SqlCharStringLiteral
                || value instanceof SqlNumericLiteral
                || (value instanceof SqlIdentifier name && name.isSimple() && !name.isStar());
    }

    private static String texts(Option option, SqlNode value) {
        List<SqlNode> items = items(value);
        if (items.isEmpty() || !items.stream().allMatch(CopyOptions::isText)) {
            throw unfit(option, "a text or a list of texts");
        }
        return items.stream().map(item -> EngineNames.literal(word(item))).collect(Collectors.joining(", ", "[", "]"));
    }

    private static List<SqlNode> items(SqlNode value) {
        if (value instanceof SqlNodeList list) {
            return list.stream().<SqlNode>map(Objects::requireNonNull).toList();
        }
        return value instanceof SqlCall call ? call.getOperandList() : List.of();
    }

    private static String columns(Option option, SqlNode value) {
        if (value instanceof SqlIdentifier name) {
            return name.isStar() ? "*" : "(" + Copy.quoted(name) + ")";
        }
        if (value instanceof SqlNodeList list && list.stream().allMatch(CopyOptions::isColumn)) {
            return list.stream().map(Copy::quoted).collect(Collectors.joining(", ", "(", ")"));
        }
        throw unfit(option, "columns");
    }

    private static boolean isColumn(SqlNode item) {
        return item instanceof SqlIdentifier name && name.isSimple() && !name.isStar();
    }

    /** The engine puts it behind the directory as it is. */
    private static String namePart(Option option, SqlNode value) {
        String text = text(option, value);
        String word = word(value);
        if (word.contains("/") || word.contains("\\") || word.contains("..") || word.indexOf('\0') >= 0) {
            throw unfit(option, "a part of a file's name, without a directory");
        }
        return text;
    }

    private static String word(SqlNode value) {
        if (value instanceof SqlIdentifier name) {
            return String.join(".", name.names);
        }
        if (value instanceof SqlNumericLiteral number) {
            return String.valueOf(number.toValue());
        }
        if (value instanceof SqlLiteral literal && literal.getTypeName() == SqlTypeName.BOOLEAN) {
            return String.valueOf(literal.getValue());
        }
        if (value instanceof SqlCharStringLiteral literal) {
            return String.valueOf(literal.getValueAs(String.class));
        }
        return "";
    }

    private static SkyportException unfit(Option option, String what) {
        return Compilation.error(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "option \"" + option.name().getSimple() + "\" takes " + what,
                option.value() == null ? option.name() : option.value());
    }
}
