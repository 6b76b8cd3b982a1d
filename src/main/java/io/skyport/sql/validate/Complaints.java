package io.skyport.sql.validate;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.text.SqlText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteContextException;

/** The validator's failures as Skyport's, with SQLSTATE and position. */
final class Complaints {

    private static final Map<Pattern, ErrorCode> CODES = new LinkedHashMap<>();

    static {
        code("^(Object|Table) '.*' not found", ErrorCode.UNDEFINED_TABLE);
        code(
                "^(Unknown identifier|Column '.*' not found|Unknown target column|Unknown field)",
                ErrorCode.UNDEFINED_COLUMN);
        code("^Column '.*' is ambiguous|^Column name '.*' .*ambiguous", ErrorCode.AMBIGUOUS_COLUMN);
        code("^Duplicate (relation|name)|is assigned more than once|duplicate", ErrorCode.DUPLICATE_COLUMN);
        code("^No match found for function|^Invalid number of arguments", ErrorCode.UNDEFINED_FUNCTION);
        code("not being grouped|[Aa]ggregate|is not a grouped|HAVING|GROUPING|window|OVER", ErrorCode.GROUPING_ERROR);
        code("type|compar|convert|Cannot (apply|assign|cast)", ErrorCode.DATATYPE_MISMATCH);
    }

    private Complaints() {}

    private static void code(String regex, ErrorCode code) {
        CODES.put(Pattern.compile(regex), code);
    }

    static SkyportException of(CalciteContextException failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String text = String.valueOf(cause.getMessage());
        ErrorCode code = CODES.entrySet().stream()
                .filter(entry -> entry.getKey().matcher(text).find())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(ErrorCode.SYNTAX_OR_ACCESS_RULE_VIOLATION);
        return new SkyportException(code, text, SqlText.position(failure), failure);
    }
}
