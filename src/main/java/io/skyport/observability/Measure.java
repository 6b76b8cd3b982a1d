package io.skyport.observability;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that another room owns and that has a size now; every bean of this type becomes a gauge.
 *
 * @param name the meter's name, in dots, without a unit
 * @param description what it is the size of
 * @param unit for example {@link #BYTES}, or null for a number of things
 * @param value the size; called at every scrape, on its thread
 */
public record Measure(
        String name, String description, @Nullable String unit, LongSupplier value) {

    public static final String BYTES = "bytes";
}
