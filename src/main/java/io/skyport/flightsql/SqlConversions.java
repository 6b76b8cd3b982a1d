package io.skyport.flightsql;

import static org.apache.arrow.flight.sql.impl.FlightSql.SqlSupportsConvert.*;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which types CAST converts to which, by the numbers of SqlSupportsConvert. */
final class SqlConversions {

    private static final List<Integer> NUMBERS = List.of(
            SQL_CONVERT_BIGINT_VALUE,
            SQL_CONVERT_BIT_VALUE,
            SQL_CONVERT_DECIMAL_VALUE,
            SQL_CONVERT_FLOAT_VALUE,
            SQL_CONVERT_INTEGER_VALUE,
            SQL_CONVERT_NUMERIC_VALUE,
            SQL_CONVERT_REAL_VALUE,
            SQL_CONVERT_SMALLINT_VALUE,
            SQL_CONVERT_TINYINT_VALUE);

    private static final List<Integer> TEXTS =
            List.of(SQL_CONVERT_CHAR_VALUE, SQL_CONVERT_LONGVARCHAR_VALUE, SQL_CONVERT_VARCHAR_VALUE);

    private static final List<Integer> BYTES =
            List.of(SQL_CONVERT_BINARY_VALUE, SQL_CONVERT_LONGVARBINARY_VALUE, SQL_CONVERT_VARBINARY_VALUE);

    private static final List<Integer> INTERVALS =
            List.of(SQL_CONVERT_INTERVAL_DAY_TIME_VALUE, SQL_CONVERT_INTERVAL_YEAR_MONTH_VALUE);

    private static final List<Integer> DATES = List.of(SQL_CONVERT_DATE_VALUE, SQL_CONVERT_TIMESTAMP_VALUE);

    private static final List<Integer> TIMES = List.of(SQL_CONVERT_TIME_VALUE);

    /** From each type to a list of types. */
    static final Map<Integer, List<Integer>> SUPPORTED = supported();

    private SqlConversions() {}

    private static Map<Integer, List<Integer>> supported() {
        Map<Integer, SortedSet<Integer>> targets = new TreeMap<>();
        for (List<Integer> group : List.of(NUMBERS, TEXTS, BYTES, INTERVALS, DATES, TIMES)) {
            add(targets, group, group);
            add(targets, group, TEXTS);
            add(targets, TEXTS, group);
        }
        add(targets, List.of(SQL_CONVERT_TIMESTAMP_VALUE), TIMES);
        Map<Integer, List<Integer>> lists = new TreeMap<>();
        targets.forEach((from, to) -> lists.put(from, List.copyOf(to)));
        return lists;
    }

    private static void add(Map<Integer, SortedSet<Integer>> targets, List<Integer> from, List<Integer> to) {
        from.forEach(
                type -> targets.computeIfAbsent(type, any -> new TreeSet<>()).addAll(to));
    }
}
