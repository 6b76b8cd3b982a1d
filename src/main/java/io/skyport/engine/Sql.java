package io.skyport.engine;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.error.SqlPosition;

/** Quoting for the engine's own statements, and what no text for DuckDB may hold. */
final class Sql {

    private Sql() {}

    static String literal(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    static String identifier(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    /** DuckDB silently stops reading a statement at a NUL character. */
    static String requireStatement(String sql) {
        int nul = sql.indexOf('\0');
        if (nul >= 0) {
            throw new SkyportException(
                    ErrorCode.SYNTAX_ERROR, "NUL character in a statement", SqlPosition.ofOffset(sql, nul), null);
        }
        return requireWellFormed(sql);
    }

    /** Half a surrogate pair has no UTF-8 form; the driver would send a question mark instead. */
    static String requireWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw new SkyportException(
                            ErrorCode.INVALID_TEXT_REPRESENTATION, "text is not well-formed Unicode at character " + i);
                }
                i++;
            }
        }
        return text;
    }
}
