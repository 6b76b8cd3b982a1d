package io.skyport.sql;

/** The isolation levels of the SQL standard, in its order. */
public enum Isolation {
    READ_UNCOMMITTED,
    READ_COMMITTED,
    REPEATABLE_READ,
    SERIALIZABLE;

    /** As the standard writes it. */
    public String sql() {
        return name().replace('_', ' ');
    }
}
