package io.skyport.catalog;

import org.jspecify.annotations.Nullable;

/**
 * A sequence.
 *
 * @param identity if a column owns it, else null
 */
public record Sequence(
        ObjectName name,
        @Nullable Identity identity,
        @Nullable String comment) {}
