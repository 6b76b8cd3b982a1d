package io.skyport.sql;

import io.skyport.engine.EngineColumn;
import io.skyport.sql.dialect.EngineNames;
import io.skyport.sql.print.EngineText;
import java.util.List;

/** Queries whose columns can travel: cast to their wire types in the engine, labelled as the client expects. */
final class WireQuery {

    private WireQuery() {}

    /** The query itself, or one around it if a column must be cast or labelled anew. */
    static EngineText.Filled of(Typing.Typed typed, List<ResultColumn> columns) {
        List<EngineColumn> engine = typed.description().columns();
        boolean asIs = true;
        StringBuilder select = new StringBuilder("SELECT ");
        StringBuilder names = new StringBuilder(") AS \"q\"(");
        for (int i = 0; i < columns.size(); i++) {
            ResultColumn column = columns.get(i);
            String inner = EngineNames.quoted("c" + (i + 1));
            String separator = i == 0 ? "" : ", ";
            boolean travels =
                    column.type().wireType().name().equals(column.type().name());
            asIs &= travels && column.name().equals(engine.get(i).name());
            select.append(separator)
                    .append(
                            travels
                                    ? inner
                                    : "CAST(" + inner + " AS "
                                            + column.type().wireType().name() + ")")
                    .append(" AS ")
                    .append(EngineNames.quoted(column.name()));
            names.append(separator).append(inner);
        }
        if (asIs) {
            return typed.text();
        }
        String prefix = select.append(" FROM (").toString();
        return new EngineText.Filled(
                prefix + typed.text().sql() + names + ")",
                typed.text().sourceMap().shifted(prefix.length()));
    }
}
