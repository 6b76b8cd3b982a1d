package io.skyport.sql;

import io.skyport.catalog.SqlType;

/**
 * A parameter of a statement.
 *
 * @param index 1-based, as in {@code $1}
 * @param type by context, else by the engine, else VARCHAR
 */
public record StatementParameter(int index, SqlType type) {}
