package io.skyport.catalog;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/** Reads the engine's type names, once, from left to right. */
final class TypeNameParser {

    private static final Set<String> SECOND_WORDS = Set.of("WITH", "WITHOUT", "PRECISION", "VARYING");

    private final String text;
    private int at;
    private int depth;

    TypeNameParser(String text) {
        this.text = text;
    }

    SqlType parse() {
        SqlType type = type();
        if (at < text.length()) {
            throw unexpected();
        }
        return type;
    }

    private SqlType type() {
        enter();
        int depthHere = depth;
        SqlType type = base();
        while (accept('[')) {
            enter();
            if (accept(']')) {
                type = new NestedType.ListType(type);
            } else {
                type = new NestedType.ArrayType(type, number());
                expect(']');
            }
        }
        depth = depthHere - 1;
        return type;
    }

    private void enter() {
        if (++depth > SqlTypes.MAX_NESTING) {
            throw new SkyportException(
                    ErrorCode.STATEMENT_TOO_COMPLEX, "a type nests deeper than " + SqlTypes.MAX_NESTING + " levels");
        }
    }

    private SqlType base() {
        int start = at;
        String name = typeName();
        boolean arguments = peek() == '(';
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "STRUCT", "ROW" -> new NestedType.StructType(list(this::member));
            case "UNION" -> new UnionType(list(this::member));
            case "MAP" -> map(list(this::type));
            case "ENUM" -> new EnumType(arguments ? list(this::string) : List.of());
            case "DECIMAL", "NUMERIC", "DEC" -> arguments ? decimal(list(this::number)) : DecimalType.DEFAULT;
            case "TIMESTAMP" -> SqlTypes.of(arguments ? timestamp(list(this::number)) : ScalarType.TIMESTAMP);
            default -> named(name, start);
        };
    }

    /** Lengths and other arguments that change nothing of a scalar type's forms are read over. */
    private SqlType named(String name, int start) {
        if (peek() == '(') {
            list(this::argument);
        }
        String written = text.substring(start, at).strip();
        return SqlTypes.scalar(name).orElseGet(() -> SqlTypes.opaque(written));
    }

    private SqlType map(List<SqlType> keyAndValue) {
        if (keyAndValue.size() != 2) {
            throw unexpected();
        }
        return new NestedType.MapType(keyAndValue.get(0), keyAndValue.get(1));
    }

    private static SqlType decimal(List<Integer> digits) {
        return new DecimalType(digits.get(0), digits.size() > 1 ? digits.get(1) : 0);
    }

    private static ScalarType timestamp(List<Integer> digits) {
        int fraction = digits.get(0);
        if (fraction == 0) {
            return ScalarType.TIMESTAMP_S;
        }
        if (fraction <= 3) {
            return ScalarType.TIMESTAMP_MS;
        }
        return fraction <= 6 ? ScalarType.TIMESTAMP : ScalarType.TIMESTAMP_NS;
    }

    private Member member() {
        int start = at;
        String name = word();
        int end = at;
        char next = peek();
        // The type of a field without a name: a list, a type with arguments, one of several words, or just a name.
        if (next == ',' || next == ')' || next == '(' || next == '[' || SECOND_WORDS.contains(wordAhead())) {
            at = start;
            return new Member("", type());
        }
        if (name.isEmpty()) {
            throw unexpected();
        }
        String written = text.substring(start, end).strip();
        return new Member(written, type());
    }

    private <T> List<T> list(Supplier<T> element) {
        List<T> elements = new ArrayList<>();
        expect('(');
        do {
            elements.add(element.get());
        } while (accept(','));
        expect(')');
        return elements;
    }

    /** One or several words, or names with dots between them. */
    private String typeName() {
        StringBuilder name = new StringBuilder(word());
        while (true) {
            if (accept('.')) {
                name.append('.').append(word());
            } else if (Character.isLetter(peek())) {
                name.append(' ').append(word());
            } else {
                return name.toString();
            }
        }
    }

    private String word() {
        if (peek() == '"') {
            return quoted('"');
        }
        int start = at;
        while (at < text.length() && isWordPart(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw unexpected();
        }
        return text.substring(start, at);
    }

    private String wordAhead() {
        int end = at;
        while (end < text.length() && isWordPart(text.charAt(end))) {
            end++;
        }
        return text.substring(at, end).toUpperCase(Locale.ROOT);
    }

    private String string() {
        if (peek() != '\'') {
            throw unexpected();
        }
        return quoted('\'');
    }

    private String argument() {
        return peek() == '\'' ? quoted('\'') : word();
    }

    private int number() {
        try {
            return Integer.parseInt(word());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a number in the type name " + text, e);
        }
    }

    private String quoted(char quote) {
        StringBuilder content = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c != quote) {
                content.append(c);
            } else if (at + 1 < text.length() && text.charAt(at + 1) == quote) {
                content.append(quote);
                at++;
            } else {
                at++;
                return content.toString();
            }
        }
        throw unexpected();
    }

    private void expect(char c) {
        if (!accept(c)) {
            throw unexpected();
        }
    }

    private boolean accept(char c) {
        if (peek() != c) {
            return false;
        }
        at++;
        // What follows a closing character is looked at by peek(); this keeps the end of the text the end.
        peek();
        return true;
    }

    /** The next character that is not white space, or NUL at the end. */
    private char peek() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException("no type name at character " + at + ": " + text);
    }
}
