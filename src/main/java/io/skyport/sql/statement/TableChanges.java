package io.skyport.sql.statement;

import io.skyport.catalog.Column;
import io.skyport.catalog.Identity;
import io.skyport.catalog.ObjectName;
import io.skyport.catalog.Table;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.dialect.EngineNames;
import io.skyport.sql.dialect.EngineTypes;
import io.skyport.sql.names.Nearest;
import io.skyport.sql.print.Printer;
import io.skyport.sql.statement.ColumnConstraint.IdentityOptions;
import io.skyport.sql.statement.ColumnConstraint.Kind;
import io.skyport.sql.statement.TableAction.AddColumn;
import io.skyport.sql.statement.TableAction.AddConstraint;
import io.skyport.sql.statement.TableAction.AddIdentity;
import io.skyport.sql.statement.TableAction.AlterType;
import io.skyport.sql.statement.TableAction.DropColumn;
import io.skyport.sql.statement.TableAction.DropConstraint;
import io.skyport.sql.statement.TableAction.DropIdentity;
import io.skyport.sql.statement.TableAction.Modify;
import io.skyport.sql.statement.TableAction.RenameColumn;
import io.skyport.sql.statement.TableAction.RenameTable;
import io.skyport.sql.statement.TableAction.SetDefault;
import io.skyport.sql.statement.TableAction.SetGenerated;
import io.skyport.sql.statement.TableAction.SetNotNull;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** The engine's statements for the changes of one ALTER TABLE; the engine makes one change a statement. */
final class TableChanges {

    /** What a column that is added cannot have: the engine would have to look at the rows that are there. */
    private static final Set<Kind> NOT_ADDED =
            EnumSet.of(Kind.PRIMARY_KEY, Kind.UNIQUE, Kind.CHECK, Kind.REFERENCES, Kind.GENERATED, Kind.STORED);

    private final Compilation compilation;
    private final Table table;
    private final SqlIdentifier source;
    private final OwnedSequences sequences;
    private final List<Printer> statements = new ArrayList<>();
    private final List<ObjectName> droppedSequences = new ArrayList<>();
    private final Set<String> columns = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private ObjectName name;

    TableChanges(Compilation compilation, Table table, SqlIdentifier source) {
        this.compilation = compilation;
        this.table = table;
        this.source = source;
        this.name = table.name();
        this.sequences = new OwnedSequences(compilation, name);
        table.columns().forEach(column -> columns.add(column.name()));
    }

    Draft draft() {
        if (statements.isEmpty()) {
            return compilation.nothing(table.name());
        }
        Printer first = statements.get(0);
        first.writes(table.name());
        first.writes(name);
        Draft draft = compilation.withoutParameters(Draft.ddl(first), "ALTER TABLE");
        for (Printer statement : statements.subList(1, statements.size())) {
            draft = draft.before(statement);
        }
        for (ObjectName sequence : droppedSequences) {
            draft = draft.before(OwnedSequences.drop(sequence, compilation));
        }
        return sequences.before(draft);
    }

    void add(TableAction action) {
        if (table.external() != null && !(action instanceof RenameTable)) {
            Unsupported.refuse(source.getParserPosition(), "ALTER of an external table");
        }
        if (action instanceof AddColumn change) {
            addColumn(change);
        } else if (action instanceof DropColumn change) {
            dropColumn(change);
        } else if (action instanceof RenameColumn change) {
            renameColumn(change);
        } else if (action instanceof RenameTable change) {
            renameTable(change.to());
        } else if (action instanceof AlterType change) {
            alterType(change);
        } else if (action instanceof SetDefault change) {
            setDefault(change.column(), change.expression());
        } else if (action instanceof SetNotNull change) {
            setNotNull(change.column(), change.notNull());
        } else if (action instanceof SetGenerated change) {
            setGenerated(change);
        } else if (action instanceof AddIdentity change) {
            addIdentity(change);
        } else if (action instanceof DropIdentity change) {
            dropIdentity(change);
        } else if (action instanceof AddConstraint change) {
            addConstraint(change.constraint());
        } else if (action instanceof DropConstraint change) {
            dropConstraint(change);
        } else if (action instanceof Modify change) {
            modify(change.definition());
        }
    }

    private Printer alter() {
        Printer statement = compilation
                .newPrinter()
                .sql(table.external() == null ? "ALTER TABLE " : "ALTER VIEW ")
                .name(name, source);
        statements.add(statement);
        return statement;
    }

    private Printer alterColumn(SqlIdentifier column) {
        require(column);
        return path(alter().sql(" ALTER COLUMN "), column);
    }

    /** The column, or the field of a column. */
    private static Printer path(Printer statement, SqlIdentifier column) {
        return statement
                .at(column)
                .sql(column.names.stream().map(EngineNames::quoted).collect(Collectors.joining(".")));
    }

    private void require(SqlIdentifier column) {
        String first = column.names.get(0);
        if (!columns.contains(first)) {
            throw Compilation.error(
                    ErrorCode.UNDEFINED_COLUMN,
                    "column \"" + first + "\" of table \"" + name.name() + "\" does not exist"
                            + Nearest.suggestion(first, columns.stream()),
                    column);
        }
    }

    private void requireNew(SqlIdentifier column) {
        if (columns.contains(column.getSimple())) {
            throw Compilation.error(
                    ErrorCode.DUPLICATE_COLUMN,
                    "column \"" + column.getSimple() + "\" of table \"" + name.name() + "\" already exists",
                    column);
        }
    }

    private void addColumn(AddColumn change) {
        ColumnDefinition definition = change.definition();
        definition.constraints().stream()
                .filter(constraint -> NOT_ADDED.contains(constraint.kind()))
                .findFirst()
                .ifPresent(constraint -> Unsupported.refuse(
                        constraint.pos(), "ADD COLUMN ... " + constraint.kind().words()));
        definition.check();
        boolean field = !change.column().isSimple();
        if (field) {
            require(change.column());
        } else if (change.ifNotExists() && columns.contains(change.column().getSimple())) {
            return;
        } else {
            requireNew(change.column());
            columns.add(change.column().getSimple());
        }
        String type = definition.engineType().orElseThrow(() -> noType(definition));
        Printer statement = path(
                        alter().sql(" ADD COLUMN ").sql(change.ifNotExists() ? "IF NOT EXISTS " : ""), change.column())
                .sql(" " + type);
        if (definition.identity().isPresent()) {
            SqlIdentifier column = change.column();
            ObjectName sequence = sequences.create(
                    column, column.getSimple(), definition.identity().get());
            counted(column, type, printer -> TableElements.nextValue(printer, sequence));
        }
        definition.constraints().forEach(constraint -> added(constraint, change.column(), type, statement));
        // Last, when the rows have their values.
        if (definition.identity().isPresent() || definition.has(Kind.NOT_NULL)) {
            setNotNull(change.column(), true);
        }
    }

    /** A default that differs from row to row: the engine gives it to rows that are there only when it makes them anew. */
    private void counted(SqlIdentifier column, String type, Consumer<Printer> value) {
        Printer retyped = alterColumn(column).sql(" SET DATA TYPE " + type + " USING (");
        value.accept(retyped);
        retyped.sql(")");
        Printer defaulted = alterColumn(column).sql(" SET DEFAULT (");
        value.accept(defaulted);
        defaulted.sql(")");
    }

    private static SkyportException noType(ColumnDefinition column) {
        return Compilation.error(ErrorCode.SYNTAX_ERROR, "the column has no type", column);
    }

    private void added(ColumnConstraint constraint, SqlIdentifier column, String type, Printer statement) {
        switch (constraint.kind()) {
            case DEFAULT -> {
                SqlNode value = Objects.requireNonNull(constraint.expression());
                if (column.isSimple() && isVolatile(value)) {
                    counted(column, type, printer -> printer.expression(value));
                } else {
                    statement.sql(" DEFAULT (").expression(value).sql(")");
                }
            }
            case COLLATE ->
                TableElements.collation(statement, (SqlIdentifier) Objects.requireNonNull(constraint.expression()));
            case COMMENT -> comment(column, constraint);
            default -> {}
        }
    }

    private boolean isVolatile(SqlNode value) {
        return compilation.newPrinter().expression(value).isVolatile();
    }

    private void comment(SqlIdentifier column, ColumnConstraint constraint) {
        SqlLiteral text = (SqlLiteral) Objects.requireNonNull(constraint.expression());
        statements.add(path(
                        compilation
                                .newPrinter()
                                .sql("COMMENT ON COLUMN ")
                                .name(name, source)
                                .sql("."),
                        column)
                .sql(" IS ")
                .literal(Objects.requireNonNull(text.getValueAs(String.class))));
    }

    private void dropColumn(DropColumn change) {
        String first = change.column().names.get(0);
        if (change.ifExists() && !columns.contains(first)) {
            return;
        }
        require(change.column());
        path(alter().sql(" DROP COLUMN ").sql(change.ifExists() ? "IF EXISTS " : ""), change.column())
                .sql(change.cascade() ? " CASCADE" : "");
        if (change.column().isSimple()) {
            columns.remove(first);
            identity(change.column()).ifPresent(this::free);
        }
    }

    private void renameColumn(RenameColumn change) {
        require(change.column());
        if (change.column().isSimple()) {
            boolean same =
                    change.column().getSimple().equalsIgnoreCase(change.to().getSimple());
            if (!same) {
                requireNew(change.to());
            }
            columns.remove(change.column().getSimple());
            columns.add(change.to().getSimple());
        }
        path(alter().sql(" RENAME COLUMN "), change.column()).sql(" TO ").name(change.to());
    }

    private void renameTable(SqlIdentifier to) {
        String last = to.names.get(to.names.size() - 1);
        ObjectName renamed = new ObjectName(name.database(), name.schema(), last);
        if (!to.isSimple() && !compilation.names().target(to).equals(renamed)) {
            Unsupported.refuse(to.getParserPosition(), "RENAME TO another schema");
        }
        boolean taken = compilation
                .names()
                .catalog()
                .table(renamed.database(), renamed.schema(), last)
                .isPresent();
        if (taken && !last.equalsIgnoreCase(name.name())) {
            throw Compilation.error(ErrorCode.DUPLICATE_TABLE, "table \"" + last + "\" already exists", to);
        }
        alter().sql(" RENAME TO ").at(to).quoted(last);
        name = renamed;
    }

    private void alterType(AlterType change) {
        retype(change.column(), EngineTypes.name(change.type()), change.collation(), change.using());
    }

    private void retype(SqlIdentifier column, String type, @Nullable SqlIdentifier collation, @Nullable SqlNode using) {
        Printer statement = alterColumn(column).sql(" SET DATA TYPE " + type);
        if (collation != null) {
            TableElements.collation(statement, collation);
        }
        if (using != null) {
            statement.sql(" USING (").expression(using).sql(")");
        }
    }

    private void setDefault(SqlIdentifier column, @Nullable SqlNode expression) {
        Optional<Identity> identity = identity(column);
        if (identity.map(Identity::always).orElse(false)) {
            throw Compilation.error(
                    ErrorCode.SYNTAX_ERROR, "column \"" + column.getSimple() + "\" is an identity column", column);
        }
        Printer statement = alterColumn(column);
        if (expression == null) {
            statement.sql(" DROP DEFAULT");
        } else {
            statement.sql(" SET DEFAULT (").expression(expression).sql(")");
        }
        identity.ifPresent(this::free);
    }

    private void setNotNull(SqlIdentifier column, boolean notNull) {
        alterColumn(column).sql(notNull ? " SET NOT NULL" : " DROP NOT NULL");
    }

    private void setGenerated(SetGenerated change) {
        require(change.column());
        ObjectName sequence = identity(change.column())
                .orElseThrow(() -> noIdentity(change.column()))
                .sequence();
        statements.add(OwnedSequences.mark(sequence, change.always(), change.column(), compilation));
    }

    private void addIdentity(AddIdentity change) {
        SqlIdentifier column = change.column();
        require(column);
        IdentityOptions options = change.identity().identity();
        if (options == null) {
            Unsupported.refuse(change.identity().pos(), "ALTER COLUMN ... ADD GENERATED ALWAYS AS (expression)");
        }
        if (column(column).map(Column::defaultExpression).isPresent()) {
            throw Compilation.error(
                    ErrorCode.SYNTAX_ERROR, "column \"" + column.getSimple() + "\" has a default already", column);
        }
        ObjectName sequence = sequences.create(column, column.getSimple(), Objects.requireNonNull(options));
        TableElements.nextValue(alterColumn(column).sql(" SET DEFAULT ("), sequence)
                .sql(")");
        if (column(column).map(Column::nullable).orElse(true)) {
            setNotNull(column, true);
        }
    }

    private void dropIdentity(DropIdentity change) {
        require(change.column());
        Optional<Identity> identity = identity(change.column());
        if (identity.isEmpty()) {
            if (change.ifExists()) {
                return;
            }
            throw noIdentity(change.column());
        }
        alterColumn(change.column()).sql(" DROP DEFAULT");
        free(identity.get());
    }

    private static SkyportException noIdentity(SqlIdentifier column) {
        return Compilation.error(
                ErrorCode.SYNTAX_ERROR, "column \"" + column.getSimple() + "\" is not an identity column", column);
    }

    private void addConstraint(TableConstraint constraint) {
        TableElements.requireColumns(constraint.columns(), columns);
        switch (constraint.kind()) {
            case PRIMARY_KEY -> {
                if (table.primaryKey() != null) {
                    throw Compilation.error(
                            ErrorCode.INVALID_TABLE_DEFINITION,
                            "table \"" + name.name() + "\" has more than one primary key",
                            constraint);
                }
                alter().sql(" ADD PRIMARY KEY ").names(constraint.columns());
            }
            case UNIQUE -> addUnique(constraint);
            case CHECK, FOREIGN_KEY ->
                Unsupported.refuse(
                        constraint.getParserPosition(),
                        "ALTER TABLE ... ADD " + constraint.kind().words());
        }
    }

    /** A unique index is all that a unique constraint is, but foreign keys cannot reference it. */
    private void addUnique(TableConstraint constraint) {
        String named = constraint
                .name()
                .map(SqlIdentifier::getSimple)
                .orElseGet(() -> Stream.concat(
                                Stream.of(name.name()),
                                constraint.columns().stream().map(column -> ((SqlIdentifier) column).getSimple()))
                        .collect(Collectors.joining("_", "", "_key")));
        statements.add(compilation
                .newPrinter()
                .sql("CREATE UNIQUE INDEX ")
                .at(constraint)
                .quoted(named)
                .sql(" ON ")
                .name(name, source)
                .sql(" ")
                .names(constraint.columns()));
    }

    private void dropConstraint(DropConstraint change) {
        String wanted = change.name().getSimple();
        if (table.indexes().stream()
                .anyMatch(index -> index.unique() && index.name().equalsIgnoreCase(wanted))) {
            statements.add(compilation
                    .newPrinter()
                    .sql("DROP INDEX ")
                    .name(new ObjectName(name.database(), name.schema(), wanted), change.name()));
        } else if (constraintNames().anyMatch(wanted::equalsIgnoreCase)) {
            Unsupported.refuse(
                    change.name().getParserPosition(),
                    "ALTER TABLE ... DROP CONSTRAINT of a constraint of CREATE TABLE");
        } else if (!change.ifExists()) {
            throw Compilation.error(
                    ErrorCode.UNDEFINED_OBJECT,
                    "constraint \"" + wanted + "\" of table \"" + name.name() + "\" does not exist",
                    change.name());
        }
    }

    private Stream<String> constraintNames() {
        return Stream.of(
                        Stream.ofNullable(table.primaryKey()).map(Table.Key::name),
                        table.uniqueKeys().stream().map(Table.Key::name),
                        table.checks().stream().map(Table.Check::name),
                        table.foreignKeys().stream().map(Table.ForeignKey::name))
                .flatMap(names -> names);
    }

    /** What the new definition does not say the column has no longer, except where its values come from a sequence. */
    private void modify(ColumnDefinition definition) {
        definition.constraints().stream()
                .filter(constraint -> NOT_ADDED.contains(constraint.kind()))
                .findFirst()
                .ifPresent(constraint -> Unsupported.refuse(
                        constraint.pos(), "MODIFY ... " + constraint.kind().words()));
        definition.check();
        SqlIdentifier column = definition.name();
        require(column);
        retype(column, definition.engineType().orElseThrow(() -> noType(definition)), null, null);
        boolean counts = definition.identity().isPresent();
        if (counts && identity(column).isEmpty()) {
            Unsupported.refuse(
                    definition.getParserPosition(), "MODIFY ... AUTO_INCREMENT of a column that does not count");
        }
        Optional<ColumnConstraint> written = definition.constraints().stream()
                .filter(constraint -> constraint.kind() == Kind.DEFAULT)
                .findFirst();
        boolean had = column(column).map(Column::defaultExpression).isPresent();
        if (written.isPresent() || had && !counts) {
            setDefault(column, written.map(ColumnConstraint::expression).orElse(null));
        }
        boolean notNull = definition.has(Kind.NOT_NULL) || counts || isKey(column);
        if (notNull == column(column).map(Column::nullable).orElse(true)) {
            setNotNull(column, notNull);
        }
        definition.constraints().stream()
                .filter(constraint -> constraint.kind() == Kind.COMMENT)
                .forEach(constraint -> comment(column, constraint));
    }

    private boolean isKey(SqlIdentifier column) {
        Table.Key key = table.primaryKey();
        return key != null && key.columns().stream().anyMatch(column.getSimple()::equalsIgnoreCase);
    }

    private Optional<Column> column(SqlIdentifier column) {
        return table.column(column.getSimple());
    }

    private Optional<Identity> identity(SqlIdentifier column) {
        return column(column).map(Column::identity);
    }

    private void free(Identity identity) {
        droppedSequences.add(identity.sequence());
    }
}
