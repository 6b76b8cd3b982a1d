package io.skyport.sql.statement;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.BinaryLiterals;
import io.skyport.sql.Isolation;
import io.skyport.sql.OptionNames;
import io.skyport.sql.SessionChange;
import io.skyport.sql.SqlContext;
import io.skyport.sql.names.Names;
import io.skyport.sql.names.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;

/** The settings of a session that SET knows. */
enum Settings {
    /** The engine computes in UTC; clients that say so are heard, others are told. */
    TIME_ZONE(List.of("time_zone", "timezone"), "UTC", "the time zone of timestamps: UTC") {
        @Override
        String canonical(String value) {
            return UTC.contains(value.toLowerCase(Locale.ROOT)) ? "UTC" : "";
        }
    },
    CLIENT_ENCODING(List.of("client_encoding", "names"), "UTF8", "the encoding of texts: UTF8") {
        @Override
        String canonical(String value) {
            return value.toUpperCase(Locale.ROOT).replace("-", "").equals("UTF8") ? "UTF8" : "";
        }
    },
    APPLICATION_NAME(List.of("application_name"), "", "what the client calls itself") {
        @Override
        String canonical(String value) {
            return value;
        }
    },
    SEARCH_PATH(List.of("search_path", "schema"), "main", "the schema where unqualified names are looked up first") {
        @Override
        String canonical(String value) {
            return value;
        }
    },
    BINARY_LITERALS(
            List.of(BinaryLiterals.SETTING),
            BinaryLiterals.ESCAPE,
            "what texts that are stored in binary columns are: escape, bytes with \\x41 for some of them, or base64") {
        @Override
        String canonical(String value) {
            String folded = value.toLowerCase(Locale.ROOT);
            return folded.equals(BinaryLiterals.ESCAPE) || folded.equals(BinaryLiterals.BASE64) ? folded : "";
        }
    },
    AUTO_COMMIT(
            List.of(OptionNames.AUTO_COMMIT, "autocommit"),
            "true",
            "whether every statement commits by itself; if not, the next one opens a transaction, until COMMIT or ROLLBACK") {
        @Override
        String canonical(String value) {
            return flag(value);
        }
    },
    ISOLATION_LEVEL(
            List.of(OptionNames.ISOLATION_LEVEL, "default_transaction_isolation", "transaction_isolation"),
            Isolation.READ_COMMITTED.sql(),
            "of transactions that name none, and of single statements: the name of a level, or 0 (READ UNCOMMITTED) to 3 (SERIALIZABLE)") {
        @Override
        String canonical(String value) {
            String name = value.toUpperCase(Locale.ROOT).replaceAll("[_-]", " ");
            return Arrays.stream(Isolation.values())
                    .filter(level -> level.sql().equals(name) || value.equals(String.valueOf(level.ordinal())))
                    .findFirst()
                    .map(Isolation::sql)
                    .orElse("");
        }
    },
    READ_ONLY(
            List.of(OptionNames.READ_ONLY, "default_transaction_read_only", "transaction_read_only"),
            "false",
            "whether transactions that do not say, and single statements, may not write (25006)") {
        @Override
        String canonical(String value) {
            return flag(value);
        }
    },
    QUERY_TIMEOUT(
            List.of(OptionNames.QUERY_TIMEOUT),
            "0",
            "seconds, also 0.5, that a statement may take with all its rows, before it fails with 57014; 0: any") {
        @Override
        String canonical(String value) {
            return value.matches("\\d{1,7}(\\.\\d{1,3})?") ? Milliseconds.seconds(Milliseconds.of(value + "s")) : "";
        }
    },
    STATEMENT_TIMEOUT(
            List.of("statement_timeout"),
            "0",
            "query_timeout in milliseconds, or with a unit as in '5s': ms, s, min, h, d") {
        @Override
        String canonical(String value) {
            long milliseconds = Milliseconds.of(value);
            return milliseconds < 0 ? "" : Milliseconds.seconds(milliseconds);
        }

        @Override
        String value(SqlContext context) {
            return Milliseconds.text(Milliseconds.of(QUERY_TIMEOUT.value(context) + "s"));
        }

        @Override
        String key() {
            return OptionNames.QUERY_TIMEOUT;
        }
    },
    FETCH_SIZE(List.of(OptionNames.FETCH_SIZE), "0", "rows that a cursor gives at a time; 0: the server chooses") {
        @Override
        String canonical(String value) {
            return value.matches("\\d{1,9}") ? String.valueOf(Long.parseLong(value)) : "";
        }
    },
    MAX_ENDPOINTS(
            List.of(OptionNames.MAX_ENDPOINTS),
            "1",
            "in how many parts, 1 to 1000, a large result may come, to be read side by side") {
        @Override
        String canonical(String value) {
            boolean fits = value.matches("\\d{1,4}") && Integer.parseInt(value) >= 1 && Integer.parseInt(value) <= 1000;
            return fits ? String.valueOf(Integer.parseInt(value)) : "";
        }
    };

    private static final Set<String> YES = Set.of("true", "on", "yes", "1");
    private static final Set<String> NO = Set.of("false", "off", "no", "0");

    private static final Set<String> UTC = Set.of("utc", "etc/utc", "gmt", "z", "+00:00", "0", "universal", "zulu");

    /** Settings of the engine that hold for the whole server, and the properties that give them. */
    private static final Map<String, String> OF_THE_SERVER = Map.of(
            "threads", "skyport.engine.threads",
            "worker_threads", "skyport.engine.threads",
            "memory_limit", "skyport.engine.memory-limit",
            "max_memory", "skyport.engine.memory-limit",
            "temp_directory", "skyport.engine.temp-directory",
            "max_temp_directory_size", "skyport.engine.max-temp-size",
            "allowed_directories", "skyport.engine.allowed-directories");

    /**
     * Settings of the engine's shell and of its developers, which scripts begin with: they cannot change an answer, so
     * they are read and have no effect.
     */
    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "disabled_optimizers",
            "enable_object_cache",
            "enable_progress_bar",
            "enable_progress_bar_print",
            "explain_output",
            "perfect_ht_threshold",
            "preserve_identifier_case",
            "preserve_insertion_order",
            "progress_bar_time",
            "verify_external",
            "verify_fetch_row",
            "verify_parallelism",
            "verify_serializer");

    /** Settings of the engine that would change what a text means, and what to write instead. */
    private static final Map<String, String> WRITTEN_OUT = Map.of(
            "default_null_order", "NULLS FIRST or NULLS LAST in ORDER BY",
            "null_order", "NULLS FIRST or NULLS LAST in ORDER BY",
            "default_order", "ASC or DESC in ORDER BY",
            "default_collation", "COLLATE behind the expression",
            "integer_division", "// or a CAST; / of integers is an integer",
            "order_by_non_integer_literal", "columns in ORDER BY");

    private final List<String> names;
    private final String initial;
    private final String meaning;

    Settings(List<String> names, String initial, String meaning) {
        this.names = names;
        this.initial = initial;
        this.meaning = meaning;
    }

    private static String flag(String value) {
        String folded = value.toLowerCase(Locale.ROOT);
        return YES.contains(folded) ? "true" : NO.contains(folded) ? "false" : "";
    }

    /** The value in its canonical text, or empty if the setting cannot have it. */
    abstract String canonical(String value);

    /** The name under which sessions keep it. */
    String key() {
        return names.get(0);
    }

    /** The name under which it is shown. */
    String shown() {
        return names.get(0);
    }

    String meaning() {
        return meaning;
    }

    /** What a session has. */
    String value(SqlContext context) {
        return this == SEARCH_PATH ? context.schema() : context.settings().getOrDefault(key(), initial);
    }

    /**
     * By any of its names.
     *
     * @throws SkyportException 42704 if there is none
     */
    static Settings named(SqlIdentifier name) {
        String wanted = key(name);
        requireSessions(wanted, name);
        return Arrays.stream(values())
                .filter(setting -> setting.names.contains(wanted))
                .findFirst()
                .orElseThrow(() -> Compilation.error(
                        ErrorCode.UNDEFINED_OBJECT,
                        "there is no setting \"" + wanted + "\""
                                + Nearest.suggestion(
                                        wanted, Arrays.stream(values()).flatMap(s -> s.names.stream())),
                        name));
    }

    private static void requireSessions(String wanted, SqlIdentifier name) {
        String property = OF_THE_SERVER.get(wanted);
        if (property != null) {
            throw Compilation.error(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "\"" + wanted + "\" is the server's, not a session's: " + property + " in its configuration",
                    name);
        }
        String instead = WRITTEN_OUT.get(wanted);
        if (instead != null) {
            throw Compilation.error(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "\"" + wanted + "\" would change what texts mean: write " + instead,
                    name);
        }
    }

    /** Whether the setting is read and has no effect. */
    static boolean withoutEffect(SqlIdentifier name) {
        return WITHOUT_EFFECT.contains(key(name));
    }

    private static String key(SqlIdentifier name) {
        return String.join(".", name.names).toLowerCase(Locale.ROOT);
    }

    private boolean isOption() {
        return ordinal() >= AUTO_COMMIT.ordinal();
    }

    /** What SET does. */
    static SessionChange set(SqlIdentifier name, SqlNode value, Names names) {
        if (withoutEffect(name)) {
            return new SessionChange.Reset(key(name));
        }
        Settings setting = named(name);
        String text = text(value);
        if (setting == SEARCH_PATH) {
            return names.use(new SqlIdentifier(List.of(text.split("\\.", -1)), value.getParserPosition()));
        }
        String canonical = setting.canonical(text);
        if (canonical.isEmpty() && (!text.isEmpty() || setting.isOption())) {
            throw Compilation.error(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "\"" + setting.shown() + "\" cannot be \"" + text + "\": it is " + setting.meaning,
                    value);
        }
        return new SessionChange.Set(setting.key(), canonical);
    }

    private static String text(SqlNode value) {
        if (value instanceof SqlLiteral literal) {
            String text = literal.toValue();
            return text == null ? "" : text;
        }
        return ((SqlIdentifier) value).getSimple();
    }
}
