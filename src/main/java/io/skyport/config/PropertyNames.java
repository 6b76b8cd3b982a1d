package io.skyport.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The names that properties records accept, in the canonical form {@code skyport.security.users[].name}. */
final class PropertyNames {

    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    private final Set<String> names = new TreeSet<>();

    /** Adds what a record with this prefix accepts. */
    PropertyNames add(String prefix, Class<?> properties) {
        for (RecordComponent component : properties.getRecordComponents()) {
            add(prefix + "." + kebab(component.getName()), component.getGenericType());
        }
        return this;
    }

    Set<String> all() {
        return Set.copyOf(names);
    }

    /** Whether {@code name} is accepted, in any spelling that binds; an empty list is accepted by its own name. */
    boolean accepts(String name) {
        String form = form(name);
        return names.stream().map(PropertyNames::form).anyMatch(n -> n.equals(form) || n.startsWith(form + "[]"));
    }

    /** Whether an environment variable spells an accepted name (SKYPORT_SECURITY_USERS_0_NAME). */
    boolean acceptsVariable(String variable) {
        String letters = letters(variable);
        return names.stream().anyMatch(name -> letters(name).equals(letters));
    }

    private void add(String name, Type type) {
        if (type instanceof Class<?> c && c.isRecord()) {
            add(name, c);
        } else if (type instanceof ParameterizedType list
                && list.getRawType() instanceof Class<?> raw
                && Collection.class.isAssignableFrom(raw)) {
            add(name + "[]", list.getActualTypeArguments()[0]);
        } else {
            names.add(name);
        }
    }

    private static String form(String name) {
        return name.replaceAll("\\[\\d+]", "[]").replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
    }

    private static String letters(String name) {
        return name.replaceAll("[^A-Za-z]", "").toLowerCase(Locale.ROOT);
    }

    static String kebab(String component) {
        return HUMP.matcher(component).replaceAll("-").toLowerCase(Locale.ROOT);
    }
}
