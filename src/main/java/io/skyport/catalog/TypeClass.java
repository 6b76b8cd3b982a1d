package io.skyport.catalog;

import org.jspecify.annotations.Nullable;

/** What types of one class have in common for clients. */
enum TypeClass {
    BOOLEAN(Searchable.BASIC, null, null),
    INTEGER(Searchable.BASIC, null, null),
    UNSIGNED(Searchable.BASIC, null, null),
    DECIMAL(Searchable.BASIC, null, null),
    APPROXIMATE(Searchable.BASIC, null, null),
    TEXT(Searchable.FULL, "'", "'"),
    /** Not a text for the engine, but written and sent as one. */
    AS_TEXT(Searchable.BASIC, "'", "'"),
    BINARY(Searchable.NONE, "X'", "'"),
    DATETIME(Searchable.BASIC, "'", "'"),
    INTERVAL(Searchable.BASIC, "INTERVAL '", "'"),
    NESTED(Searchable.NONE, null, null);

    private final Searchable searchable;
    private final @Nullable String literalPrefix;
    private final @Nullable String literalSuffix;

    TypeClass(Searchable searchable, @Nullable String literalPrefix, @Nullable String literalSuffix) {
        this.searchable = searchable;
        this.literalPrefix = literalPrefix;
        this.literalSuffix = literalSuffix;
    }

    Searchable searchable() {
        return searchable;
    }

    @Nullable
    String literalPrefix() {
        return literalPrefix;
    }

    @Nullable
    String literalSuffix() {
        return literalSuffix;
    }

    boolean numeric() {
        return this == INTEGER || this == UNSIGNED || this == DECIMAL || this == APPROXIMATE;
    }
}
