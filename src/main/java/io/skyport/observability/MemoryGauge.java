package io.skyport.observability;

import java.util.function.LongSupplier;

/**
 * A measure of memory that another room owns; every bean of this type becomes a meter.
 *
 * @param name the meter's name, in dots, without a unit
 * @param description what the memory is used for
 * @param bytes the measure; called at every scrape, on its thread
 */
public record MemoryGauge(String name, String description, LongSupplier bytes) {}
