package io.skyport.catalog;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The mark by which a table of the engine is known as a materialized view: its comment begins with the query, and what
 * follows is the comment that users see. The engine has no other place to keep that. COMMENT ON takes no text that looks
 * like it.
 *
 * @param query engine SQL
 * @param comment what users see, or null
 */
public record MaterializedMarker(String query, @Nullable String comment) {

    private static final String NAME = "skyport:materialized:";
    private static final Pattern MARKER = Pattern.compile("^" + NAME + "(\\d{1,9})\\n");

    /** The mark in {@code engineComment}; empty if that is just a comment. */
    public static Optional<MaterializedMarker> read(@Nullable String engineComment) {
        if (engineComment == null) {
            return Optional.empty();
        }
        Matcher marker = MARKER.matcher(engineComment);
        if (!marker.find()) {
            return Optional.empty();
        }
        int end = marker.end() + Integer.parseInt(marker.group(1));
        if (end > engineComment.length()) {
            return Optional.empty();
        }
        String rest = engineComment.substring(end);
        return Optional.of(
                new MaterializedMarker(engineComment.substring(marker.end(), end), rest.isEmpty() ? null : rest));
    }

    /** The comment of the engine's table. */
    public String text() {
        return NAME + query.length() + "\n" + query + (comment == null ? "" : comment);
    }

    /** The same view with another comment. */
    public MaterializedMarker withComment(@Nullable String other) {
        return new MaterializedMarker(query, other);
    }
}
