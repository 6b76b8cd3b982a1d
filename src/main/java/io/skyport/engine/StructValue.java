package io.skyport.engine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value of type STRUCT. A {@link Map} as a parameter is a value of type MAP, whose keys are data; a struct's keys are
 * part of its type.
 *
 * @param fields the values by field name, in the order of the type
 */
public record StructValue(Map<String, @Nullable Object> fields) {

    public StructValue {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
}
