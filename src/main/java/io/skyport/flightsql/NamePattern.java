package io.skyport.flightsql;

import io.skyport.catalog.LikePattern;
import java.util.function.Predicate;

/**
 * The two filters of the metadata commands (conformance text, section 4). Both compare case as stored and match the whole
 * name; a filter that is not given lets everything through.
 */
final class NamePattern {

    private NamePattern() {}

    /** Equality. An empty name asks for objects that have no such part, of which there are none here. */
    static Predicate<String> exact(boolean given, String name) {
        return given ? name::equals : any -> true;
    }

    /** SQL's LIKE. */
    static Predicate<String> like(boolean given, String pattern) {
        return given ? LikePattern.of(pattern) : any -> true;
    }
}
