package io.skyport.catalog;

/** The kinds of tables, by the names that GetTableTypes lists. */
public enum TableKind {
    /** A base table, or an external table over files. */
    TABLE("TABLE"),
    VIEW("VIEW"),
    /** A view whose rows are kept until it is refreshed; only read. */
    MATERIALIZED_VIEW("MATERIALIZED VIEW"),
    /** A table of the session that created it. */
    LOCAL_TEMPORARY("LOCAL TEMPORARY"),
    /** What the server tells about itself; only read. */
    SYSTEM_TABLE("SYSTEM TABLE");

    private final String typeName;

    TableKind(String typeName) {
        this.typeName = typeName;
    }

    public String typeName() {
        return typeName;
    }
}
