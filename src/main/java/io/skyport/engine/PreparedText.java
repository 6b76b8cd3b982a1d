package io.skyport.engine;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement's text, and what DuckDB gets to prepare: of a query without parameters the same with one that nothing
 * reads.
 *
 * <p>What DuckDB concludes from a table's minimum, maximum and longest text is part of a plan, and wrong once the data has
 * changed: sorted texts come out cut, conditions that were always true are left out. The plan of a prepared statement
 * that reads a table is kept if the statement has no parameters, and made anew in the transaction of each execution if it
 * has one ({@code PreparedStatement::CanCachePlan} in DuckDB 1.5). With that parameter the statement is also cheaper to
 * describe: it is bound, but neither optimized nor planned.
 */
final class PreparedText {

    /** A query that DuckDB never looks at, as nothing refers to it; its parameter counts all the same. */
    private static final String UNREAD = "\"skyport:planned anew\" AS (SELECT CAST($1 AS BOOLEAN))";

    private static final Pattern QUERY =
            Pattern.compile("(?i)\\s*(?:(WITH(?:\\s+RECURSIVE)?)\\b|(?:SELECT|VALUES|FROM|TABLE)\\b|\\()");

    private final String sql;
    private final String added;
    private final int at;

    private PreparedText(String sql, String added, int at) {
        this.sql = sql;
        this.added = added;
        this.at = at;
    }

    static PreparedText of(String sql) {
        Matcher query = QUERY.matcher(sql);
        if (mayHaveParameters(sql) || !query.lookingAt()) {
            return new PreparedText(sql, "", 0);
        }
        return query.group(1) == null
                ? new PreparedText(sql, "WITH " + UNREAD + " ", 0)
                : new PreparedText(sql, " " + UNREAD + ",", query.end(1));
    }

    /** Whether there may be parameters, or only such characters in a text or a name. */
    static boolean mayHaveParameters(String sql) {
        return sql.indexOf('$') >= 0 || sql.indexOf('?') >= 0;
    }

    /** Whether what DuckDB prepares has a parameter that the statement has not. */
    boolean hasUnreadParameter() {
        return !added.isEmpty();
    }

    /** What DuckDB prepares. */
    String prepared() {
        return sql.substring(0, at) + added + sql.substring(at);
    }

    /** Where in the statement's text a character of {@link #prepared} is. */
    int original(int offset) {
        return offset < at ? offset : Math.max(at, offset - added.length());
    }
}
