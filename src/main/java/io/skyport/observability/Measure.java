package io.skyport.observability;

import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A number that another room knows; every bean of this type, and every one of a bean of {@link Measures}, becomes a meter.
 *
 * @param name the meter's name, in dots, without a unit
 * @param description what it is the size or number of
 * @param unit for example {@link #BYTES}, or null for a number of things
 * @param labels whose values must be few; those of one name have the same keys
 * @param counts whether it only grows, from 0 at the start
 * @param value called at every scrape, on its thread; a negative one of something that does not only grow is unknown
 */
public record Measure(
        String name,
        String description,
        @Nullable String unit,
        Map<String, String> labels,
        boolean counts,
        DoubleSupplier value) {

    public static final String BYTES = "bytes";

    /** Something that has a size now. */
    public Measure(String name, String description, @Nullable String unit, LongSupplier value) {
        this(name, description, unit, Map.of(), false, value::getAsLong);
    }

    /** How many there are now. */
    public static Measure of(String name, String description, LongSupplier value) {
        return new Measure(name, description, null, value);
    }

    /** How much memory or disk it takes now. */
    public static Measure bytes(String name, String description, LongSupplier value) {
        return new Measure(name, description, BYTES, value);
    }

    /** How many there were since the start. */
    public static Measure counted(String name, String description, LongSupplier value) {
        return new Measure(name, description, null, Map.of(), true, value::getAsLong);
    }

    /** How many bytes there were since the start. */
    public static Measure countedBytes(String name, String description, LongSupplier value) {
        return new Measure(name, description, BYTES, Map.of(), true, value::getAsLong);
    }

    /** The same with labels. */
    public Measure labelled(Map<String, String> with) {
        return new Measure(name, description, unit, with, counts, value);
    }
}
