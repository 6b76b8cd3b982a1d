package io.skyport.catalog;

import java.util.Optional;

/**
 * How an identity column gets its values: from a sequence that it owns, and that goes when the column goes.
 *
 * <p>The engine has sequences and defaults only. That a sequence is owned, and how, is kept in the sequence's comment.
 *
 * @param always whether INSERT and UPDATE may not give values of their own
 */
public record Identity(ObjectName sequence, boolean always) {

    private static final String MARK = "skyport:identity ";
    private static final String ALWAYS = MARK + "ALWAYS";
    private static final String BY_DEFAULT = MARK + "BY DEFAULT";

    /** The comment of a sequence that a column owns. */
    public static String comment(boolean always) {
        return always ? ALWAYS : BY_DEFAULT;
    }

    /** Reads the mark back; empty if the sequence belongs to nobody. */
    static Optional<Identity> read(ObjectName sequence, String comment) {
        return switch (comment) {
            case ALWAYS -> Optional.of(new Identity(sequence, true));
            case BY_DEFAULT -> Optional.of(new Identity(sequence, false));
            default -> Optional.empty();
        };
    }
}
