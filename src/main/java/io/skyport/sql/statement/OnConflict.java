package io.skyport.sql.statement;

import io.skyport.catalog.Table;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.dialect.EngineNames;
import io.skyport.sql.names.Nearest;
import io.skyport.sql.print.Printer;
import io.skyport.sql.text.SqlText;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * What an INSERT does with rows whose keys are there already.
 *
 * @param columns of the key, or null
 * @param constraint the name of the key, or null
 * @param predicate of a partial index, or null
 * @param assignments of DO UPDATE; null for DO NOTHING
 * @param where the rows that DO UPDATE changes, or null
 */
public record OnConflict(
        SqlParserPos pos,
        @Nullable SqlNodeList columns,
        @Nullable SqlIdentifier constraint,
        @Nullable SqlNode predicate,
        @Nullable List<Assignment> assignments,
        @Nullable SqlNode where) {

    private static final String INSERTED = "excluded";

    /** MySQL's form: whichever key it is that a row is there for already. */
    public static OnConflict onDuplicateKey(SqlParserPos pos, List<Assignment> assignments) {
        return new OnConflict(pos, null, null, null, assignments, null);
    }

    /** {@code VALUES(column)}: the value that was to be inserted. */
    public static SqlNode inserted(SqlIdentifier column, SqlParserPos pos) {
        return new SqlIdentifier(List.of(INSERTED, column.getSimple()), pos);
    }

    void print(Target target, WrittenTable table, Compilation compilation) {
        Printer printer = compilation.printer();
        printer.sql(" ON CONFLICT");
        key(table, printer);
        if (predicate != null) {
            throw Compilation.error(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "ON CONFLICT ... WHERE of a partial index is not supported: the engine has none",
                    predicate);
        }
        if (assignments == null) {
            printer.sql(" DO NOTHING");
            return;
        }
        requireOneKey(table);
        printer.reads(table.name());
        printer.sql(" DO UPDATE");
        Assignment.print(assignments, target, table, compilation);
        if (where != null) {
            printer.sql(" WHERE ").expression(where);
        }
    }

    /** Whether DO UPDATE leaves the key as it is, and depends on the two rows only. */
    boolean changesAlone(List<String> key) {
        if (assignments == null || assignments.stream().anyMatch(assignment -> !depends(assignment.values()))) {
            return false;
        }
        return (where == null || depends(where))
                && Assignment.columns(assignments).stream()
                        .noneMatch(column -> key.stream().anyMatch(column::equalsIgnoreCase));
    }

    /** Whether an expression depends on columns alone. */
    private static boolean depends(SqlNode expression) {
        boolean[] alone = {true};
        expression.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlDynamicParam parameter) {
                alone[0] = false;
                return null;
            }

            @Override
            public @Nullable Void visit(SqlCall call) {
                alone[0] &= !call.isA(SqlKind.QUERY);
                return super.visit(call);
            }
        });
        return alone[0];
    }

    /** The engine changes the row that one key finds. */
    private void requireOneKey(WrittenTable table) {
        if (columns == null && constraint == null && keys(table).size() > 1) {
            throw new SkyportException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "table \"" + table.name().name() + "\" has several keys: write ON CONFLICT (columns) DO UPDATE",
                    SqlText.position(pos),
                    null);
        }
    }

    /** The key's columns; a constraint's are looked up, for the engine knows only columns. */
    void key(WrittenTable table, Printer printer) {
        if (columns != null) {
            table.requireColumns(columns);
            printer.sql(" ").names(columns);
        } else if (constraint != null) {
            printer.sql(constraintColumns(constraint, table).stream()
                    .map(EngineNames::quoted)
                    .collect(Collectors.joining(", ", " (", ")")));
        }
    }

    private static List<String> constraintColumns(SqlIdentifier constraint, WrittenTable table) {
        List<Table.Key> keys = keys(table);
        return keys.stream()
                .filter(key -> key.name().equalsIgnoreCase(constraint.getSimple()))
                .findFirst()
                .map(Table.Key::columns)
                .orElseThrow(() -> Compilation.error(
                        ErrorCode.UNDEFINED_OBJECT,
                        "table \"" + table.name().name() + "\" has no key \"" + constraint.getSimple() + "\""
                                + Nearest.suggestion(
                                        constraint.getSimple(), keys.stream().map(Table.Key::name)),
                        constraint));
    }

    private static List<Table.Key> keys(WrittenTable table) {
        return Optional.ofNullable(table.definition()).stream()
                .flatMap(known -> Stream.concat(Stream.ofNullable(known.primaryKey()), known.uniqueKeys().stream()))
                .toList();
    }
}
