package io.skyport.sql.print;

import io.skyport.catalog.Column;
import io.skyport.catalog.ObjectName;
import io.skyport.catalog.Table;
import io.skyport.sql.query.Star;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlStarExclude;
import org.apache.calcite.sql.SqlStarReplace;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** Writes RETURNING with every column of a star by its name, so that each can be cast. */
final class ReturningPrinter {

    private final Printer printer;
    private final @Nullable Table table;
    private final List<@Nullable ObjectName> origins = new ArrayList<>();
    private boolean known = true;
    private String separator = " RETURNING ";

    ReturningPrinter(Printer printer, ObjectName target) {
        this.printer = printer;
        this.table = printer.names()
                .catalog()
                .table(target.database(), target.schema(), target.name())
                .orElse(null);
    }

    Returning print(SqlNodeList list) {
        refuseParameters(list);
        for (SqlNode item : list) {
            if (item instanceof SqlIdentifier name && name.isStar()) {
                star(item, Set.of(), SqlNodeList.EMPTY);
            } else if (item instanceof SqlStarExclude exclude) {
                star(item, names(exclude.getExcludeList()), SqlNodeList.EMPTY);
            } else if (item instanceof SqlStarReplace replace) {
                star(item, Set.of(), replace.getReplaceList());
            } else if (item instanceof Star star && star.renamed().isEmpty()) {
                star(item, names(star.excluded()), star.replaced());
            } else if (Stars.in(item)) {
                unknown(item);
            } else {
                item(item);
            }
        }
        return new Returning(origins, known);
    }

    /** The engine's RETURNING knows no parameters. */
    private static void refuseParameters(SqlNodeList list) {
        list.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlDynamicParam parameter) {
                throw Printer.unsupported("a parameter in RETURNING", parameter);
            }
        });
    }

    private static Set<String> names(SqlNodeList list) {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        list.forEach(name -> names.add(last((SqlIdentifier) name)));
        return names;
    }

    private static String last(SqlIdentifier name) {
        return name.names.get(name.names.size() - 1);
    }

    private void star(SqlNode star, Set<String> excluded, SqlNodeList replaced) {
        boolean all = table != null
                && excluded.stream().allMatch(name -> table.column(name).isPresent())
                && replaced.stream()
                        .allMatch(as ->
                                table.column(last(((SqlCall) as).operand(1))).isPresent());
        if (table == null || !all) {
            // The engine says what is wrong.
            unknown(star);
            return;
        }
        for (Column column : table.columns()) {
            if (!excluded.contains(column.name())) {
                column(column, star, replaced);
            }
        }
    }

    private void unknown(SqlNode item) {
        known = false;
        printer.sql(separator);
        printer.queries().selectItem(item);
        separator = ", ";
    }

    private void column(Column column, SqlNode star, SqlNodeList replaced) {
        for (SqlNode as : replaced) {
            if (last(((SqlCall) as).operand(1)).equalsIgnoreCase(column.name())) {
                expression(((SqlCall) as).operand(0), null);
                printer.sql(" AS ").quoted(column.name());
                return;
            }
        }
        printer.writer().sql(separator).at(star.getParserPosition());
        separator = ", ";
        begin(table == null ? null : table.name());
        printer.quoted(column.name());
        end();
    }

    private void item(SqlNode item) {
        if (item.getKind() == SqlKind.AS) {
            SqlCall as = (SqlCall) item;
            expression(as.operand(0), origin(as.operand(0)));
            printer.sql(" AS ").name((SqlIdentifier) as.operand(1));
            return;
        }
        boolean outside = printer.takeUnlabelled();
        int start = printer.writer().length() + separator.length();
        int holes = printer.writer().holes();
        expression(item, origin(item));
        String label = printer.queries().label(item);
        if (printer.takeUnlabelled()) {
            printer.sql(" AS ").quoted(label);
        } else {
            printer.writer().label(start, holes, label);
        }
        if (outside) {
            printer.foundUnlabelled();
        }
    }

    private void expression(SqlNode expression, @Nullable ObjectName origin) {
        printer.sql(separator);
        separator = ", ";
        begin(origin);
        printer.expression(expression);
        end();
    }

    private void begin(@Nullable ObjectName origin) {
        printer.writer().hole(Hole.Kind.RETURNED_START, origins.size(), "");
        origins.add(origin);
    }

    private void end() {
        printer.writer().hole(Hole.Kind.RETURNED_END, origins.size() - 1, "");
    }

    private @Nullable ObjectName origin(SqlNode expression) {
        return table != null
                        && expression instanceof SqlIdentifier name
                        && table.column(last(name)).isPresent()
                ? table.name()
                : null;
    }
}
