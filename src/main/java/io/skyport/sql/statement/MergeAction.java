package io.skyport.sql.statement;

import io.skyport.error.ErrorCode;
import io.skyport.sql.print.Printer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** One WHEN of a MERGE. */
public final class MergeAction {

    private final SqlParserPos pos;
    private final Parts parts;

    public MergeAction(SqlParserPos pos, Parts parts) {
        this.pos = pos;
        this.parts = parts;
    }

    /** What the grammar finds, one after the other. */
    public static final class Parts {
        private final String when;
        private final @Nullable SqlNode condition;
        private String action = "";
        private @Nullable String shorthand;
        private @Nullable SqlNodeList columns;
        private @Nullable SqlNodeList values;
        private @Nullable List<Assignment> assignments;
        private @Nullable SqlNode message;

        /** @param when for example {@code NOT MATCHED BY SOURCE} */
        public Parts(String when, @Nullable SqlNode condition) {
            this.when = when;
            this.condition = condition;
        }

        public void action(String word) {
            this.action = word;
        }

        /** Which columns take which values, where the engine finds that out by itself. */
        public void shorthand(String words) {
            this.shorthand = shorthand == null ? words : shorthand + " " + words;
        }

        public void columns(SqlNodeList names) {
            this.columns = names;
        }

        public void values(SqlNodeList row) {
            this.values = row;
        }

        public void assignments(List<Assignment> set) {
            this.assignments = List.copyOf(set);
        }

        public void message(SqlNode text) {
            this.message = text;
        }
    }

    void print(Target target, WrittenTable table, Compilation compilation) {
        Printer printer = compilation.printer();
        printer.sql(" WHEN " + parts.when);
        if (parts.condition != null) {
            printer.sql(" AND ").expression(parts.condition);
        }
        printer.sql(" THEN " + parts.action);
        if (parts.columns != null) {
            table.requireColumns(parts.columns);
            printer.sql(" ").names(parts.columns);
        }
        if (parts.shorthand != null) {
            printer.sql(" " + parts.shorthand);
        }
        if (parts.assignments != null) {
            Assignment.print(parts.assignments, target, table, compilation);
        }
        if (parts.values != null) {
            values(parts.values, table, printer);
        }
        if (parts.message != null) {
            printer.sql(" ").expression(parts.message);
        }
    }

    private void values(SqlNodeList values, WrittenTable table, Printer printer) {
        int wanted = parts.columns == null ? table.insertable().size() : parts.columns.size();
        if (table.definition() != null && wanted != values.size()) {
            throw Compilation.error(
                    ErrorCode.SYNTAX_ERROR, wanted + " columns and " + values.size() + " values", values);
        }
        List<String> names = columns(table);
        for (int i = 0; i < names.size(); i++) {
            table.requireTakes(names.get(i), values.get(i), values);
        }
        printer.sql(" VALUES ").row(values);
    }

    private List<String> columns(WrittenTable table) {
        return parts.columns == null
                ? table.insertable()
                : parts.columns.stream()
                        .map(column -> ((SqlIdentifier) column).getSimple())
                        .toList();
    }

    boolean deletes() {
        return parts.action.equals("DELETE");
    }

    /**
     * The columns to which it may give other values.
     *
     * @param same columns in which a row and what it is merged with are the same
     */
    Set<String> changes(WrittenTable table, Set<String> same) {
        Set<String> changed = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        if (parts.action.equals("UPDATE") && parts.assignments == null) {
            changed.addAll(table.insertable());
            // Otherwise columns go by their position, whatever they are called.
            if (parts.shorthand != null && parts.shorthand.contains("NAME")) {
                changed.removeAll(same);
            }
        } else if (parts.assignments != null) {
            parts.assignments.forEach(assignment -> changed.addAll(assignment.changes(same)));
        }
        return changed;
    }

    /** Tells Calcite what goes where. */
    void check(CheckedQuery query, WrittenTable table) {
        query.where(parts.condition);
        if (parts.assignments != null) {
            query.assigned(parts.assignments);
        }
        if (parts.values != null && parts.columns != null) {
            query.assigned(parts.columns, parts.values);
        } else if (parts.values != null) {
            SqlNodeList names = new SqlNodeList(
                    table.insertable().stream()
                            .map(name -> new SqlIdentifier(name, pos))
                            .toList(),
                    pos);
            query.assigned(names, parts.values);
        }
    }
}
