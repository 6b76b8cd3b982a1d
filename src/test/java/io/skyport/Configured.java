package io.skyport;

import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Properties as the server has them when nothing but what a test gives is configured. */
public final class Configured {

    private Configured() {}

    /**
     * @param prefix of the properties
     * @param type the record that they are bound to
     * @param values by their whole names
     */
    public static <T> T as(String prefix, Class<T> type, Map<String, ?> values) {
        MapConfigurationPropertySource source = new MapConfigurationPropertySource();
        values.forEach(source::put);
        return new Binder(source).bindOrCreate(prefix, type);
    }
}
