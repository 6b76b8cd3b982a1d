package io.skyport.observability;

import java.util.ArrayList;
import java.util.List;

/**
 * A piece of a statement's text, which need not be right, or whole: all pieces together are the text.
 *
 * @param text as it stands there
 */
record StatementToken(Kind kind, String text) {

    enum Kind {
        /** In single quotes or between dollar signs, with what says how it is meant: {@code x'00'}. */
        TEXT,
        NUMBER,
        COMMENT,
        /** A word, or what is in double quotes. */
        NAME,
        OTHER
    }

    static List<StatementToken> all(String text) {
        List<StatementToken> tokens = new ArrayList<>();
        for (int at = 0; at < text.length(); ) {
            StatementToken token = at(text, at);
            tokens.add(token);
            at += token.text().length();
        }
        return tokens;
    }

    private static StatementToken at(String text, int at) {
        char first = text.charAt(at);
        if (first == '\'') {
            return piece(Kind.TEXT, text, at, quoted(text, at));
        } else if (first == '"') {
            return piece(Kind.NAME, text, at, quoted(text, at));
        } else if (text.startsWith("--", at)) {
            return piece(Kind.COMMENT, text, at, through(text, "\n", at + 2));
        } else if (text.startsWith("/*", at)) {
            return piece(Kind.COMMENT, text, at, through(text, "*/", at + 2));
        } else if (first == '$') {
            return dollar(text, at);
        } else if (isDigit(first) || (first == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1)))) {
            return piece(Kind.NUMBER, text, at, number(text, at));
        } else if (isWordPart(first)) {
            return word(text, at);
        }
        return piece(Kind.OTHER, text, at, at + 1);
    }

    private static StatementToken piece(Kind kind, String text, int from, int to) {
        return new StatementToken(kind, text.substring(from, to));
    }

    /** Behind the quote that ends what begins here; the text's end if none does. */
    private static int quoted(String text, int at) {
        char quote = text.charAt(at);
        int end = at + 1;
        while (end < text.length()) {
            if (text.charAt(end++) == quote) {
                if (end == text.length() || text.charAt(end) != quote) {
                    return end;
                }
                end++;
            }
        }
        return end;
    }

    private static int through(String text, String end, int from) {
        int found = text.indexOf(end, Math.min(from, text.length()));
        return found < 0 ? text.length() : found + end.length();
    }

    /** {@code $tag$...$tag$}, or a parameter. */
    private static StatementToken dollar(String text, int at) {
        int end = wordEnd(text, at + 1);
        if (end < text.length() && text.charAt(end) == '$' && !(end > at + 1 && isDigit(text.charAt(at + 1)))) {
            return piece(Kind.TEXT, text, at, through(text, text.substring(at, end + 1), end + 1));
        }
        return piece(Kind.OTHER, text, at, end);
    }

    /** A letter may say how the text behind it is meant. */
    private static StatementToken word(String text, int at) {
        int end = wordEnd(text, at);
        if (end < text.length() && text.charAt(end) == '\'' && end == at + 1) {
            return piece(Kind.TEXT, text, at, quoted(text, end));
        }
        return piece(Kind.NAME, text, at, end);
    }

    private static int wordEnd(String text, int from) {
        int end = from;
        while (end < text.length() && isWordPart(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Digits, letters and points; a sign behind the letter of an exponent. */
    private static int number(String text, int at) {
        int end = at;
        while (end < text.length()) {
            char c = text.charAt(end);
            boolean sign = (c == '+' || c == '-') && end > at && (text.charAt(end - 1) | 0x20) == 'e';
            if (!isWordPart(c) && c != '.' && !sign) {
                return end;
            }
            end++;
        }
        return end;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWordPart(char c) {
        return c == '_' || Character.isLetterOrDigit(c) || Character.isSurrogate(c);
    }
}
