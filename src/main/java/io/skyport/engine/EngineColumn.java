package io.skyport.engine;

/**
 * A column of a result as the engine announces it.
 *
 * @param name the label, as the engine SQL spells it; may repeat, may be empty
 * @param typeName the engine's own type name, for example {@code DECIMAL(15,2)} or {@code STRUCT(a INTEGER)[]}
 */
public record EngineColumn(String name, String typeName) {}
