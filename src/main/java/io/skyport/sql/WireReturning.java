package io.skyport.sql;

import io.skyport.catalog.SqlType;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.print.EngineText;
import io.skyport.sql.print.Returning;
import io.skyport.sql.statement.Draft;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements with RETURNING whose columns can travel: each cast to its wire type in its place. */
final class WireReturning {

    private WireReturning() {}

    /** @throws SkyportException 0A000 for a column that must be cast and has no place of its own */
    static EngineText.Filled of(Draft draft, Typing.Typed typed, List<ResultColumn> columns) {
        Returning returning = draft.returning();
        if (returning == null || columns.stream().allMatch(column -> wireType(column) == null)) {
            return typed.text();
        }
        if (!returning.known() || returning.origins().size() != columns.size()) {
            throw new SkyportException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "RETURNING a column of type "
                            + columns.stream()
                                    .filter(column -> wireType(column) != null)
                                    .map(ResultColumn::type)
                                    .map(SqlType::name)
                                    .findFirst()
                                    .orElse("")
                            + " by anything but its name or an expression is not supported");
        }
        return draft.text().fillReturning(typed.form(), i -> wireType(columns.get(i)));
    }

    /** Null if the column travels as it is. */
    private static @Nullable String wireType(ResultColumn column) {
        String wire = column.type().wireType().name();
        return wire.equals(column.type().name()) ? null : wire;
    }
}
