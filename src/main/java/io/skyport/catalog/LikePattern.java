package io.skyport.catalog;

import java.util.Arrays;
import java.util.function.Predicate;

/**
 * A name pattern of the metadata commands: {@code %} is any run of characters, {@code _} any one, {@code \} takes the
 * next character as it is. It matches whole names in their exact case. Thread-safe.
 *
 * <p>Not a translation to {@link java.util.regex.Pattern}: patterns come from clients, and one of many {@code %} would
 * make it backtrack for ages. This takes at most pattern length times name length steps.
 */
public final class LikePattern implements Predicate<String> {

    /** What SqlInfo announces as SQL_SEARCH_STRING_ESCAPE. */
    public static final char ESCAPE = '\\';

    private static final int ANY_RUN = -1;
    private static final int ANY_ONE = -2;

    /** Code points to match, or one of the two wildcards. */
    private final int[] symbols;

    private LikePattern(int[] symbols) {
        this.symbols = symbols;
    }

    public static LikePattern of(String like) {
        int[] characters = like.codePoints().toArray();
        int[] symbols = new int[characters.length];
        int length = 0;
        for (int i = 0; i < characters.length; i++) {
            int c = characters[i];
            if (c == '%') {
                symbols[length++] = ANY_RUN;
            } else if (c == '_') {
                symbols[length++] = ANY_ONE;
            } else {
                // An escape at the very end has nothing to escape and stands for itself.
                boolean escape = c == ESCAPE && i + 1 < characters.length;
                symbols[length++] = escape ? characters[++i] : c;
            }
        }
        return new LikePattern(Arrays.copyOf(symbols, length));
    }

    @Override
    public boolean test(String name) {
        int[] characters = name.codePoints().toArray();
        int at = 0;
        int symbol = 0;
        int lastRun = -1;
        int runEnd = 0;
        while (at < characters.length) {
            if (symbol < symbols.length && symbols[symbol] == ANY_RUN) {
                lastRun = symbol++;
                runEnd = at;
            } else if (symbol < symbols.length && matches(symbols[symbol], characters[at])) {
                symbol++;
                at++;
            } else if (lastRun >= 0) {
                // The last run takes one character more, and what follows it is tried again.
                symbol = lastRun + 1;
                at = ++runEnd;
            } else {
                return false;
            }
        }
        while (symbol < symbols.length && symbols[symbol] == ANY_RUN) {
            symbol++;
        }
        return symbol == symbols.length;
    }

    private static boolean matches(int symbol, int character) {
        return symbol == ANY_ONE || symbol == character;
    }
}
