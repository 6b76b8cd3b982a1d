package io.skyport.error;

/**
 * Where in a SQL text something is: one-based line and column, counted in characters as the client sent them.
 */
public record SqlPosition(int line, int column) {

    public SqlPosition {
        if (line < 1 || column < 1) {
            throw new IllegalArgumentException("line and column start at 1, not " + line + ":" + column);
        }
    }

    /** The position of a zero-based character offset in a text; an offset past the end is the end. */
    public static SqlPosition ofOffset(String text, int offset) {
        int end = Math.min(Math.max(offset, 0), text.length());
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < end; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new SqlPosition(line, end - lineStart + 1);
    }

    @Override
    public String toString() {
        return "line " + line + ", column " + column;
    }
}
