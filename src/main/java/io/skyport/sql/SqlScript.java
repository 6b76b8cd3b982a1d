package io.skyport.sql;

import io.skyport.error.SqlPosition;
import java.util.ArrayList;
import java.util.List;

/**
 * A text of several statements, cut at the semicolons that end statements: not those in strings, quoted names, comments or
 * dollar-quoted strings.
 *
 * <p>Only cuts. Whether a piece is SQL is for the compiler to say; what is left open (a string without its end) reaches to
 * the end of the text, so that the compiler reports it where it begins.
 */
public final class SqlScript {

    private final String text;
    private final List<Statement> statements = new ArrayList<>();
    private int at;

    private SqlScript(String text) {
        this.text = text;
    }

    /**
     * A statement of a script.
     *
     * @param text the statement from its first token on, without the semicolon
     * @param start where it begins in the script
     */
    public record Statement(String text, SqlPosition start) {

        /** Where in the script a position of {@link #text()} is. */
        public SqlPosition inScript(SqlPosition position) {
            int column = position.line() == 1 ? start.column() + position.column() - 1 : position.column();
            return new SqlPosition(start.line() + position.line() - 1, column);
        }
    }

    /** The statements of a text in their order; pieces of blanks and comments only are left out. */
    public static List<Statement> statements(String text) {
        SqlScript script = new SqlScript(text);
        script.cut();
        return List.copyOf(script.statements);
    }

    private void cut() {
        int start = -1;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ';') {
                add(start);
                start = -1;
                at++;
            } else if (Character.isWhitespace(c) || skipComment()) {
                at += Character.isWhitespace(c) ? 1 : 0;
            } else {
                start = start < 0 ? at : start;
                skipToken(c);
            }
        }
        add(start);
    }

    private void add(int start) {
        if (start >= 0) {
            statements.add(new Statement(text.substring(start, at).stripTrailing(), SqlPosition.ofOffset(text, start)));
        }
    }

    private boolean skipComment() {
        if (text.startsWith("--", at)) {
            skipPast("\n", at + 2);
            return true;
        }
        if (text.startsWith("/*", at)) {
            skipPast("*/", at + 2);
            return true;
        }
        return false;
    }

    private void skipToken(char first) {
        if (first == '\'' || first == '"') {
            // A doubled quote inside ends one run and begins the next: the same characters are skipped.
            skipPast(String.valueOf(first), at + 1);
        } else if (first == '$') {
            skipDollarQuoted();
        } else if (Character.isJavaIdentifierStart(first)) {
            // A word as a whole, because a dollar sign inside it quotes nothing.
            do {
                at++;
            } while (at < text.length() && Character.isJavaIdentifierPart(text.charAt(at)));
        } else {
            at++;
        }
    }

    /** {@code $$ ... $$} or {@code $tag$ ... $tag$}; {@code $1} is a parameter. */
    private void skipDollarQuoted() {
        int end = at + 1;
        while (end < text.length() && isTagPart(text.charAt(end), end == at + 1)) {
            end++;
        }
        if (end < text.length() && text.charAt(end) == '$') {
            skipPast(text.substring(at, end + 1), end + 1);
        } else {
            at++;
        }
    }

    private static boolean isTagPart(char c, boolean first) {
        return c == '_' || (first ? Character.isLetter(c) : Character.isLetterOrDigit(c));
    }

    private void skipPast(String end, int from) {
        int found = text.indexOf(end, from);
        at = found < 0 ? text.length() : found + end.length();
    }
}
