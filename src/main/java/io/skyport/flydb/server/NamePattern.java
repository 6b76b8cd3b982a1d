package io.skyport.flydb.server;

import io.skyport.catalog.LikePattern;
import java.util.Locale;
import java.util.function.Predicate;

/** The patterns of metadata messages: {@code %} stands for any characters, all others for themselves, in any case of letters. */
final class NamePattern {

    private NamePattern() {}

    /** An empty pattern lets everything through. */
    static Predicate<String> of(String pattern) {
        if (pattern.isEmpty()) {
            return name -> true;
        }
        String escaped = pattern.toLowerCase(Locale.ROOT).replace("\\", "\\\\").replace("_", "\\_");
        Predicate<String> like = LikePattern.of(escaped);
        return name -> like.test(name.toLowerCase(Locale.ROOT));
    }
}
