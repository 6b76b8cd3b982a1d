package io.skyport.sql.statement;

/** Kinds of what statements name: to drop it or to comment on it. */
public enum ObjectKind {
    DATABASE,
    SCHEMA,
    TABLE,
    COLUMN,
    VIEW,
    MATERIALIZED_VIEW,
    INDEX,
    SEQUENCE,
    TYPE,
    FUNCTION;

    /** As SQL says it. */
    String words() {
        return name().replace('_', ' ');
    }
}
