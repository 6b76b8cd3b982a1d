package io.skyport.catalog;

import org.jspecify.annotations.Nullable;

/**
 * A column of a table or view.
 *
 * @param ordinal 1-based
 * @param defaultExpression SQL text, or null
 * @param autoIncrement whether it takes the next value of a sequence by default
 * @param identity if it owns that sequence, else null
 */
public record Column(
        String name,
        SqlType type,
        boolean nullable,
        int ordinal,
        @Nullable String defaultExpression,
        boolean autoIncrement,
        boolean generated,
        @Nullable String comment,
        @Nullable Identity identity) {

    /** A column that owns no sequence. */
    public Column(
            String name,
            SqlType type,
            boolean nullable,
            int ordinal,
            @Nullable String defaultExpression,
            boolean autoIncrement,
            boolean generated,
            @Nullable String comment) {
        this(name, type, nullable, ordinal, defaultExpression, autoIncrement, generated, comment, null);
    }
}
