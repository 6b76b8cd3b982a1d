package io.skyport.statements;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A piece of a sqllogictest file. */
sealed interface SltRecord {

    Place place();

    /**
     * Where a record stands and what is said before it.
     *
     * @param line of its first word, from 1
     * @param differs why the engine's own answer differs, from a {@code # skyport: differs ...} line, or null
     */
    record Place(
            String file,
            int line,
            List<Condition> conditions,
            @Nullable String differs) {
        @Override
        public String toString() {
            return file + ":" + line;
        }
    }

    /** {@code onlyif name} or {@code skipif name}; the name of an engine, or {@code variable=value}. */
    record Condition(boolean only, String name) {}

    /** How a statement is expected to end. */
    enum Ending {
        OK,
        ERROR,
        MAYBE
    }

    /**
     * The error a record expects.
     *
     * @param text what the message must contain, line by line, or a regular expression to be found in it; empty for any
     */
    record ExpectedError(String text, boolean regex) {
        static final ExpectedError ANY = new ExpectedError("", false);
    }

    enum SortMode {
        NOSORT,
        ROWSORT,
        VALUESORT
    }

    /** @param count rows affected, or -1 if it does not matter */
    record Statement(Place place, Ending ending, ExpectedError error, long count, String connection, String sql)
            implements SltRecord {}

    /**
     * @param sort null for the file's default
     * @param columnNames whether the first line of {@code expected} has the names of the columns
     * @param expected null if the rows do not matter
     */
    record Query(
            Place place,
            String types,
            @Nullable SortMode sort,
            boolean columnNames,
            @Nullable String label,
            String connection,
            String sql,
            @Nullable List<String> expected)
            implements SltRecord {}

    /** {@code loop}, {@code foreach} and their concurrent forms, which run one after the other here. */
    record Loop(Place place, String kind, List<String> arguments, List<SltRecord> body) implements SltRecord {}

    /** Any other directive. */
    record Control(Place place, String name, List<String> arguments) implements SltRecord {}
}
