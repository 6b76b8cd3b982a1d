package io.skyport.catalog;

import org.jspecify.annotations.Nullable;

/**
 * A column of a table or view.
 *
 * @param ordinal 1-based
 * @param defaultExpression SQL text, or null
 */
public record Column(
        String name,
        SqlType type,
        boolean nullable,
        int ordinal,
        @Nullable String defaultExpression,
        boolean autoIncrement,
        boolean generated,
        @Nullable String comment) {}
