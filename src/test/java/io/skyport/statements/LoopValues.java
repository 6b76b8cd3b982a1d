package io.skyport.statements;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a loop's variables are, round by round.
 *
 * @param names the variables
 * @param rounds a value for each variable
 */
record LoopValues(List<String> names, List<List<String>> rounds) {

    private static final List<String> SIGNED = List.of("tinyint", "smallint", "integer", "bigint", "hugeint");
    private static final List<String> UNSIGNED = List.of("utinyint", "usmallint", "uinteger", "ubigint", "uhugeint");
    private static final List<String> INTEGRAL = joined(SIGNED, UNSIGNED);
    private static final List<String> NUMERIC = joined(INTEGRAL, List.of("float", "double"));
    /** Names of DuckDB's files for several values. */
    private static final Map<String, List<String>> COLLECTIONS = Map.of(
            "<signed>", SIGNED,
            "<unsigned>", UNSIGNED,
            "<integral>", INTEGRAL,
            "<numeric>", NUMERIC,
            "<alltypes>", joined(NUMERIC, List.of("bool", "interval", "varchar")));

    private static List<String> joined(List<String> a, List<String> b) {
        List<String> all = new ArrayList<>(a);
        all.addAll(b);
        return List.copyOf(all);
    }

    /** @throws IllegalArgumentException if the arguments make no loop */
    static LoopValues of(String kind, List<String> arguments) {
        return kind.endsWith("foreach") ? each(arguments) : counted(arguments);
    }

    private static LoopValues counted(List<String> arguments) {
        if (arguments.size() != 3) {
            throw new IllegalArgumentException("loop <variable> <from> <to>, not: loop " + String.join(" ", arguments));
        }
        List<List<String>> rounds = new ArrayList<>();
        for (long i = Long.parseLong(arguments.get(1)); i < Long.parseLong(arguments.get(2)); i++) {
            rounds.add(List.of(Long.toString(i)));
        }
        return new LoopValues(List.of(arguments.get(0)), rounds);
    }

    /** {@code foreach a 1 2 3}, or {@code foreach a,b 1,2 3,4}. */
    private static LoopValues each(List<String> arguments) {
        if (arguments.size() < 2) {
            throw new IllegalArgumentException("foreach <variable> <values>");
        }
        List<String> names = List.of(arguments.get(0).split(","));
        Set<String> values = new LinkedHashSet<>();
        for (String value : arguments.subList(1, arguments.size())) {
            if (value.startsWith("!")) {
                values.remove(value.substring(1));
            } else {
                values.addAll(COLLECTIONS.getOrDefault(value, List.of(value)));
            }
        }
        List<List<String>> rounds = new ArrayList<>();
        for (String value : values) {
            List<String> round = names.size() == 1 ? List.of(value) : List.of(value.split(",", -1));
            if (round.size() != names.size()) {
                throw new IllegalArgumentException(names + " have no values in " + value);
            }
            rounds.add(round);
        }
        return new LoopValues(names, rounds);
    }
}
