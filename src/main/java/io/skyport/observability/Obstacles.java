package io.skyport.observability;

import java.util.Set;
import java.util.function.Supplier;

/**
 * What keeps clients from coming, for the health component {@code traffic}.
 *
 * @param now in words; none if they should come. Any thread.
 */
public record Obstacles(Supplier<Set<String>> now) {}
