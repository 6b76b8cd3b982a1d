package io.skyport.session;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a statement asked of the engine last.
 *
 * @param sql one statement
 * @param parameters its values, as {@link io.skyport.engine.EngineConnection} takes them
 */
public record EngineCall(String sql, List<? extends @Nullable Object> parameters) {}
