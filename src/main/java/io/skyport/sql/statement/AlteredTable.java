package io.skyport.sql.statement;

import io.skyport.catalog.Column;
import io.skyport.catalog.Identity;
import io.skyport.catalog.ObjectName;
import io.skyport.catalog.Table;
import io.skyport.engine.Engine;
import io.skyport.error.ErrorCode;
import io.skyport.sql.dialect.EngineNames;
import io.skyport.sql.names.Nearest;
import io.skyport.sql.print.Printer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlIdentifier;

/** A table while the changes of one ALTER TABLE are written, each as it is after those before it; the engine makes one change a
 * statement. */
final class AlteredTable {

    private final Compilation compilation;
    private final Table table;
    private final SqlIdentifier source;
    private final OwnedSequences sequences;
    private final List<Printer> statements = new ArrayList<>();
    private final List<ObjectName> droppedSequences = new ArrayList<>();
    private final Set<String> columns = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final List<EnforcedKey> keys;
    private ObjectName name;

    AlteredTable(Compilation compilation, Table table, SqlIdentifier source) {
        this.compilation = compilation;
        this.table = table;
        this.source = source;
        this.name = table.name();
        this.sequences = new OwnedSequences(compilation, name);
        this.keys = KeyRecords.around(List.of(table), compilation.names().catalog());
        table.columns().forEach(column -> columns.add(column.name()));
    }

    Draft draft() {
        if (statements.isEmpty()) {
            return compilation.nothing(table.name());
        }
        Printer first = statements.get(0);
        first.writes(table.name());
        first.writes(name);
        KeyRecords.written(keys, compilation);
        compilation.printer().writes().forEach(first::writes);
        Draft draft = compilation.withoutParameters(Draft.ddl(first), "ALTER TABLE");
        statements.forEach(this::uses);
        for (Printer statement : statements.subList(1, statements.size())) {
            draft = draft.before(statement);
        }
        for (ObjectName sequence : droppedSequences) {
            draft = draft.before(OwnedSequences.drop(sequence, compilation));
        }
        return sequences.before(draft);
    }

    Compilation compilation() {
        return compilation;
    }

    /** As it was before. */
    Table table() {
        return table;
    }

    /** Where the client names it. */
    SqlIdentifier source() {
        return source;
    }

    /** What it is called now. */
    ObjectName name() {
        return name;
    }

    /** What is written elsewhere uses nothing temporary, unless the table is temporary itself. */
    void uses(Printer elsewhere) {
        Creation.requireLastingSources(elsewhere, isTemporary(), source);
    }

    private boolean isTemporary() {
        return table.name().database().equals(Engine.TEMPORARY_DATABASE);
    }

    /** What it is called by the statements that follow. */
    void renamed(ObjectName other) {
        name = other;
    }

    /** The names of the columns it has now. */
    Set<String> columns() {
        return columns;
    }

    OwnedSequences sequences() {
        return sequences;
    }

    /** Adds a statement of another kind. */
    Printer add(Printer statement) {
        statements.add(statement);
        return statement;
    }

    /** Adds statements that were not made of the client's text. */
    void addAll(List<String> others) {
        others.forEach(sql -> statements.add(compilation.newPrinter().sql(sql)));
    }

    /** The foreign keys that it has or that reference it, of those that the engine does not enforce. */
    List<EnforcedKey> keys() {
        return keys;
    }

    Printer alter() {
        Printer statement = compilation
                .newPrinter()
                .sql(table.external() == null ? "ALTER TABLE " : "ALTER VIEW ")
                .name(name, source);
        statements.add(statement);
        return statement;
    }

    Printer alterColumn(SqlIdentifier column) {
        require(column);
        return path(alter().sql(" ALTER COLUMN "), column);
    }

    /** The column, or the field of a column. */
    static Printer path(Printer statement, SqlIdentifier column) {
        return statement
                .at(column)
                .sql(column.names.stream().map(EngineNames::quoted).collect(Collectors.joining(".")));
    }

    void require(SqlIdentifier column) {
        String first = column.names.get(0);
        if (!columns.contains(first)) {
            throw Compilation.error(
                    ErrorCode.UNDEFINED_COLUMN,
                    "column \"" + first + "\" of table \"" + name.name() + "\" does not exist"
                            + Nearest.suggestion(first, columns.stream()),
                    column);
        }
    }

    void requireNew(SqlIdentifier column) {
        if (columns.contains(column.getSimple())) {
            throw Compilation.error(
                    ErrorCode.DUPLICATE_COLUMN,
                    "column \"" + column.getSimple() + "\" of table \"" + name.name() + "\" already exists",
                    column);
        }
    }

    /** The column as it was before. */
    Optional<Column> column(SqlIdentifier column) {
        return table.column(column.getSimple());
    }

    Optional<Identity> identity(SqlIdentifier column) {
        return column(column).map(Column::identity);
    }

    /** The sequence goes when all is done. */
    void free(Identity identity) {
        droppedSequences.add(identity.sequence());
    }
}
