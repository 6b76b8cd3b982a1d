package io.skyport.observability;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What is kept and shown of the texts of statements: never a secret, as far as secrets look like ones, and literals only if they may.
 * Thread-safe.
 */
final class StatementText {

    /** What stands for a secret. */
    private static final String HIDDEN = "***";

    private static final String WORD = "[a-z0-9_.]{0,64}";

    private static final String SPEAKING =
            WORD + "(?:password|passwd|pwd|secret|token|credential|api_?key|access_?key|private_?key|key_id|signature)"
                    + WORD;

    /** How what stands before a literal ends if the literal is a secret: a word that speaks of one, a sign between the two. */
    private static final Pattern BEFORE_SECRET = Pattern.compile(
            "(?is)(?:\\b" + SPEAKING + "|\\bidentified\\s{1,9}(?:with\\s{1,9}[a-z0-9_]{1,64}\\s{1,9})?(?:by|as))\\b"
                    + "[\"']?\\s{0,99}(?:=>|:=|=|:|,|\\bis\\b|\\bto\\b|\\bas\\b)?\\s{0,99}$");

    /** What stands before a literal is looked at so far back. */
    private static final int LOOK_BACK = 300;

    /** {@code password=...}, as connection strings have it. */
    private static final Pattern ASSIGNED = Pattern.compile("(?i)(\\b" + SPEAKING + "\\s{0,9}=\\s{0,9})[^\\s'\";&]++");

    private static final Pattern BEARER = Pattern.compile("(?i)\\b(bearer|basic)(\\s{1,9})[a-z0-9._~+/=-]{8,}+");

    /** The password in an address. */
    private static final Pattern USER_INFO =
            Pattern.compile("(?i)(\\b[a-z][a-z0-9+.-]{0,31}://[^\\s:/@']{0,255}:)[^\\s@']++(?=@|'|\\s|$)");

    private final boolean literals;
    private final int maxLength;

    /** @param maxLength in characters */
    StatementText(boolean literals, int maxLength) {
        this.literals = literals;
        this.maxLength = maxLength;
    }

    /** As much of a text as is kept of it. */
    String cut(String text) {
        if (text.length() <= maxLength) {
            return text;
        }
        boolean half = Character.isHighSurrogate(text.charAt(maxLength - 1));
        return text.substring(0, half ? maxLength - 1 : maxLength);
    }

    /** What is shown of a text. */
    String shown(String text) {
        String cut = cut(text);
        List<StatementToken> tokens = StatementToken.all(cut);
        String shown = literals ? withoutSecrets(tokens) : withoutLiterals(tokens);
        return cut.length() < text.length() ? cut(shown) + "..." : shown;
    }

    /** A text of the engine's about a statement, without secrets. */
    static String withoutSecrets(String text) {
        return withoutSecrets(StatementToken.all(text));
    }

    boolean showsLiterals() {
        return literals;
    }

    private static String withoutSecrets(List<StatementToken> tokens) {
        StringBuilder shown = new StringBuilder();
        for (StatementToken token : tokens) {
            boolean secret = token.kind() == StatementToken.Kind.TEXT
                    && BEFORE_SECRET
                            .matcher(shown.substring(Math.max(0, shown.length() - LOOK_BACK)))
                            .find();
            shown.append(secret ? "'" + HIDDEN + "'" : token.text());
        }
        String assigned = ASSIGNED.matcher(shown).replaceAll("$1" + HIDDEN);
        String address = USER_INFO.matcher(assigned).replaceAll("$1" + HIDDEN);
        return BEARER.matcher(address).replaceAll("$1$2" + HIDDEN);
    }

    private static String withoutLiterals(List<StatementToken> tokens) {
        StringBuilder shown = new StringBuilder();
        for (StatementToken token : tokens) {
            shown.append(
                    switch (token.kind()) {
                        case TEXT, NUMBER -> "?";
                        case COMMENT -> " ";
                        case NAME, OTHER -> token.text();
                    });
        }
        return shown.toString();
    }
}
