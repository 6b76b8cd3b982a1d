package io.skyport.sql.print;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** The common table expressions that can be seen from a place in a statement. */
record Scope(Set<String> names) {

    static final Scope EMPTY = new Scope(Set.of());

    boolean sees(String name) {
        return names.contains(name.toLowerCase(Locale.ROOT));
    }

    Scope with(String name) {
        Set<String> more = new HashSet<>(names);
        more.add(name.toLowerCase(Locale.ROOT));
        return new Scope(more);
    }
}
