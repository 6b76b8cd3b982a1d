package io.skyport.sql.print;

import io.skyport.sql.dialect.EngineNames;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.jspecify.annotations.Nullable;

/** Functions that ask for the time, where the context says what time it is. */
final class ClockPrinter {

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("now", "TIMESTAMPTZ"),
            Map.entry("current_timestamp", "TIMESTAMPTZ"),
            Map.entry("get_current_timestamp", "TIMESTAMPTZ"),
            Map.entry("transaction_timestamp", "TIMESTAMPTZ"),
            Map.entry("current_date", "DATE"),
            Map.entry("today", "DATE"),
            Map.entry("current_time", "TIMETZ"),
            Map.entry("get_current_time", "TIMETZ"),
            Map.entry("localtimestamp", "TIMESTAMP"),
            Map.entry("current_localtimestamp", "TIMESTAMP"),
            Map.entry("localtime", "TIME"),
            Map.entry("current_localtime", "TIME"));

    /** Those that are asked without parentheses. */
    private static final Set<String> VARIABLES =
            Set.of("current_timestamp", "current_date", "current_time", "localtimestamp", "localtime");

    private final Printer printer;

    ClockPrinter(Printer printer) {
        this.printer = printer;
    }

    /** False if the call does not ask for the time, or nothing says what it is. */
    boolean print(SqlCall call) {
        return call.operandCount() == 0 && print(time(FunctionPrinter.name(call)));
    }

    /** The same for a name without parentheses. */
    boolean variable(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return VARIABLES.contains(lower) && print(time(lower));
    }

    private boolean print(@Nullable String time) {
        if (time != null) {
            printer.foundUnlabelled();
            printer.writer().sql(time);
        }
        return time != null;
    }

    /** The value of a function as an expression, or null. */
    private @Nullable String time(String function) {
        String type = TYPES.get(function);
        if (type == null || printer.askedLater()) {
            return null;
        }
        String now = printer.names().now();
        return now == null
                ? null
                : "CAST(CAST(" + EngineNames.literal(now) + " AS " + (type.equals("TIME") ? "TIMESTAMP" : "TIMESTAMPTZ")
                        + ") AS " + type + ")";
    }
}
