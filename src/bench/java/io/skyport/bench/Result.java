package io.skyport.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a measurement found: a table, and the goals it answers.
 *
 * @param about what was done, in a sentence or two
 */
record Result(String title, String about, List<String> columns, List<List<String>> rows, List<Goal> goals) {

    /** A goal beside what was measured. */
    record Goal(String goal, String measured, boolean met) {}

    /** The same with a sentence more about it. */
    Result noting(String sentence) {
        return new Result(title, about + sentence, columns, rows, goals);
    }

    /** The columns of most tables. */
    static final List<String> COLUMNS = List.of("", "Skyport", "DuckDB", "Ratio");

    /** Collects the table's rows. */
    static final class Table {

        private final List<List<String>> rows = new ArrayList<>();

        Table add(String name, String unit, double skyport, double duckdb) {
            rows.add(List.of(name, figure(skyport, unit), figure(duckdb, unit), ratio(skyport / duckdb)));
            return this;
        }

        List<List<String>> rows() {
            return rows;
        }
    }

    static String figure(double value, String unit) {
        int digits = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + digits + "f %s", value, unit);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", 100 * share);
    }

    static String ratio(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
