package io.skyport.catalog;

/** Where a type may stand in a WHERE clause; the codes are those of XDBC (Searchable). */
public enum Searchable {
    NONE(0),
    /** Only with LIKE. */
    CHAR(1),
    /** With every predicate but LIKE. */
    BASIC(2),
    FULL(3);

    private final int code;

    Searchable(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
