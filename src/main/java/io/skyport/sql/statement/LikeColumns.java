package io.skyport.sql.statement;

import io.skyport.catalog.Column;
import io.skyport.catalog.Table;
import io.skyport.sql.print.Printer;
import io.skyport.sql.statement.ColumnConstraint.IdentityOptions;
import io.skyport.sql.statement.LikeClause.Part;
import java.util.List;
import java.util.Set;

/** Writes the columns and constraints that LIKE takes from another table: the engine has no LIKE. */
final class LikeColumns {

    private final LikeClause like;
    private final Set<Part> parts;
    private final Table source;
    private final TableElements elements;
    private final Compilation compilation;

    LikeColumns(Compilation compilation, LikeClause like, TableElements elements) {
        this.compilation = compilation;
        this.like = like;
        this.parts = like.parts();
        this.elements = elements;
        this.source = compilation.names().existing(like.source());
    }

    void print() {
        compilation.printer().reads(source.name());
        refuse(Part.GENERATED, "generated columns", source.columns().stream().anyMatch(Column::generated));
        refuse(Part.INDEXES, "indexes", !source.indexes().isEmpty());
        source.columns().forEach(this::column);
        if (parts.contains(Part.INDEXES)) {
            Table.Key primary = source.primaryKey();
            if (primary != null) {
                elements.onlyPrimaryKey(like.getParserPosition());
                key("PRIMARY KEY", primary.columns());
            }
            source.uniqueKeys().forEach(key -> key("UNIQUE", key.columns()));
        }
        if (parts.contains(Part.CONSTRAINTS)) {
            source.checks()
                    .forEach(check -> elements.next()
                            .sql("CHECK (")
                            .engineExpression(check.condition())
                            .sql(")"));
        }
    }

    private void refuse(Part part, String what, boolean present) {
        if (present && parts.contains(part)) {
            Unsupported.refuse(
                    like.source().getParserPosition(),
                    "LIKE ... INCLUDING " + part + " of \"" + source.name().name() + "\", which has " + what + ",");
        }
    }

    private void column(Column column) {
        elements.declare(column.name(), like.source());
        elements.type(column.name(), column.type().name());
        Printer printer =
                elements.next().quoted(column.name()).sql(" " + column.type().name());
        String written = column.defaultExpression();
        if (column.identity() != null && parts.contains(Part.IDENTITY)) {
            elements.identity(
                    column.name(),
                    like.source(),
                    new IdentityOptions(column.identity().always(), List.of()));
        } else if (written != null && column.identity() == null && parts.contains(Part.DEFAULTS)) {
            printer.sql(" DEFAULT (").engineExpression(written).sql(")");
        }
        if (!column.nullable()) {
            printer.sql(" NOT NULL");
        }
        String comment = column.comment();
        if (comment != null && parts.contains(Part.COMMENTS)) {
            elements.comment(column.name(), comment);
        }
    }

    private void key(String words, List<String> columns) {
        Printer printer = elements.next().sql(words);
        String separator = " (";
        for (String column : columns) {
            printer.sql(separator).quoted(column);
            separator = ", ";
        }
        printer.sql(")");
    }
}
