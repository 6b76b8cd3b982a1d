package io.skyport.flightsql;

import java.util.List;

/** Word lists that clients ask for: JDBC's and ODBC's names, as far as the SQL here has them. */
final class SqlWords {

    /** Reserved words besides those of SQL:2003. */
    static final List<String> KEYWORDS = List.of(
            "ANALYSE",
            "ANALYZE",
            "ASC",
            "DEFERRABLE",
            "DESC",
            "DESCRIBE",
            "DO",
            "EXPLAIN",
            "ILIKE",
            "INITIALLY",
            "LIMIT",
            "LOCATION",
            "OFFSET",
            "PIVOT",
            "PLACING",
            "QUALIFY",
            "RETURNING",
            "SHOW",
            "STORED",
            "SUMMARIZE",
            "TRY_CAST",
            "UNPIVOT",
            "USE",
            "VARIADIC");

    static final List<String> NUMERIC_FUNCTIONS = List.of(
            "ABS", "ACOS", "ASIN", "ATAN", "ATAN2", "CEILING", "COS", "COT", "DEGREES", "EXP", "FLOOR", "LN", "LOG10",
            "MOD", "PI", "POWER", "RADIANS", "RANDOM", "ROUND", "SIGN", "SIN", "SQRT", "TAN");

    static final List<String> STRING_FUNCTIONS = List.of(
            "ASCII",
            "CHAR_LENGTH",
            "CHR",
            "CONCAT",
            "LCASE",
            "LEFT",
            "LENGTH",
            "LOWER",
            "LPAD",
            "LTRIM",
            "POSITION",
            "REPEAT",
            "REPLACE",
            "REVERSE",
            "RIGHT",
            "RPAD",
            "RTRIM",
            "SUBSTRING",
            "TRIM",
            "UCASE",
            "UPPER");

    static final List<String> SYSTEM_FUNCTIONS = List.of("IFNULL");

    static final List<String> DATETIME_FUNCTIONS = List.of(
            "CURRENT_DATE",
            "CURRENT_TIME",
            "CURRENT_TIMESTAMP",
            "DAYNAME",
            "DAYOFMONTH",
            "DAYOFWEEK",
            "DAYOFYEAR",
            "EXTRACT",
            "HOUR",
            "MINUTE",
            "MONTH",
            "MONTHNAME",
            "NOW",
            "QUARTER",
            "SECOND",
            "WEEK",
            "YEAR");

    private SqlWords() {}
}
