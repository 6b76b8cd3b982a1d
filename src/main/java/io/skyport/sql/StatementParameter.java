package io.skyport.sql;

import io.skyport.catalog.SqlType;

/**
 * A parameter of a statement.
 *
 * @param index 1-based, as in {@code $1}
 * @param type by context, else by the engine, else as {@link SqlContext#parameters()} says, else VARCHAR
 * @param open whether the text does not tell the type, so that a value of another type may make another statement of it
 */
public record StatementParameter(int index, SqlType type, boolean open) {

    /** One whose type is known. */
    public StatementParameter(int index, SqlType type) {
        this(index, type, false);
    }
}
