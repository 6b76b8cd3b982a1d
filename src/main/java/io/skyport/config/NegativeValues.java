package io.skyport.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** No size and no time that one can configure is negative. */
final class NegativeValues {

    private NegativeValues() {}

    /**
     * @param prefix of the record's properties
     * @throws IllegalArgumentException naming the first property that is
     */
    static void refuse(String prefix, Object record) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = value(component, record);
            String name = prefix + "." + PropertyNames.kebab(component.getName());
            if (value instanceof Record nested) {
                refuse(name, nested);
            } else if (value instanceof List<?> list) {
                refuseIn(name, list);
            } else if (isNegative(value)) {
                throw new IllegalArgumentException(name + " is '" + value + "': must not be negative");
            }
        }
    }

    private static void refuseIn(String name, List<?> list) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof Record nested) {
                refuse(name + "[" + i + "]", nested);
            }
        }
    }

    /** Spring's DataSize is no number to a class that does without Spring: it says its sign. */
    private static boolean isNegative(@Nullable Object value) {
        return value instanceof Duration time
                ? time.isNegative()
                : value != null
                        && value.getClass().getSimpleName().equals("DataSize")
                        && value.toString().startsWith("-");
    }

    private static @Nullable Object value(RecordComponent component, Object record) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("a record's component cannot be read", e);
        }
    }
}
