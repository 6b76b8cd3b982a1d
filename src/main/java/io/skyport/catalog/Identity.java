package io.skyport.catalog;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an identity column gets its values: from a sequence that it owns, and that goes when the column goes.
 *
 * <p>The engine has sequences and defaults only. That a sequence is owned, and how, is kept in the sequence's comment,
 * where the comment that users see follows.
 *
 * @param always whether INSERT and UPDATE may not give values of their own
 */
public record Identity(ObjectName sequence, boolean always) {

    private static final String MARK = "skyport:identity ";
    private static final String ALWAYS = MARK + "ALWAYS";
    private static final String BY_DEFAULT = MARK + "BY DEFAULT";

    /**
     * The comment of the engine's sequence that a column owns.
     *
     * @param comment what users see, or null
     */
    public static String comment(boolean always, @Nullable String comment) {
        return (always ? ALWAYS : BY_DEFAULT) + (comment == null ? "" : "\n" + comment);
    }

    /** Reads the mark back; empty if the sequence belongs to nobody. */
    static Optional<Identity> read(ObjectName sequence, String comment) {
        return switch (comment.lines().findFirst().orElse("")) {
            case ALWAYS -> Optional.of(new Identity(sequence, true));
            case BY_DEFAULT -> Optional.of(new Identity(sequence, false));
            default -> Optional.empty();
        };
    }

    /** What users see of a comment that is marked; null if nothing. */
    static @Nullable String behindMark(String comment) {
        int end = comment.indexOf('\n');
        return end < 0 ? null : comment.substring(end + 1);
    }
}
