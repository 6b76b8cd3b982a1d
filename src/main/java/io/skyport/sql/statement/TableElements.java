package io.skyport.sql.statement;

import io.skyport.catalog.ObjectName;
import io.skyport.engine.Engine;
import io.skyport.error.ErrorCode;
import io.skyport.sql.dialect.EngineNames;
import io.skyport.sql.names.Nearest;
import io.skyport.sql.print.Printer;
import io.skyport.sql.statement.ColumnConstraint.IdentityOptions;
import io.skyport.sql.statement.ColumnConstraint.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Writes what stands between the parentheses of CREATE TABLE. */
final class TableElements {

    private final Compilation compilation;
    private final Printer printer;
    private final ObjectName table;
    private final boolean named;
    private final OwnedSequences sequences;
    private final Set<String> columns = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, String> comments = new LinkedHashMap<>();
    private final Map<String, String> types = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final List<List<String>> keys = new ArrayList<>();
    private List<String> primaryKey = List.of();
    private final List<Reference> references = new ArrayList<>();
    private List<String> declarations = List.of();
    private boolean hasPrimaryKey;
    private boolean hasReference;
    private String separator = " (";

    /** A foreign key that the engine does not enforce. */
    private record Reference(@Nullable SqlIdentifier name, List<String> columns, TableConstraint.Reference reference) {}

    /** @param named whether a query gives the types, so that the columns are only named */
    TableElements(Compilation compilation, ObjectName table, boolean named) {
        this.compilation = compilation;
        this.printer = compilation.printer();
        this.table = table;
        this.named = named;
        this.sequences = new OwnedSequences(compilation, table);
    }

    /** Writes them all; columns come first, because constraints name them. */
    void print(List<SqlNode> elements) {
        List<TableConstraint> constraints = new ArrayList<>();
        for (SqlNode element : elements) {
            if (element instanceof ColumnDefinition column) {
                column(column);
            } else if (element instanceof LikeClause like) {
                new LikeColumns(compilation, like, this).print();
            } else {
                constraints.add((TableConstraint) element);
            }
        }
        constraints.forEach(this::constraint);
        if (!elements.isEmpty()) {
            printer.sql(")");
        }
    }

    /** The sequences of its identity columns. */
    OwnedSequences sequences() {
        return sequences;
    }

    /** Whether the engine must read the name of a referenced table. */
    boolean hasReference() {
        return hasReference;
    }

    /** Looks the foreign keys up that the engine does not enforce. */
    void requireReferences() {
        List<List<String>> all = new ArrayList<>(List.of(primaryKey));
        all.addAll(keys);
        KeyDeclarations found =
                new KeyDeclarations(compilation, new KeyDeclarations.Shape(table, types, all), Stream.empty());
        references.forEach(key -> found.add(key.name(), key.columns(), key.reference()));
        declarations = found.statements();
    }

    /** The draft with these keys kept after it. */
    Draft referencing(Draft draft) {
        Draft whole = draft;
        for (String statement : declarations) {
            whole = whole.before(compilation.newPrinter().sql(statement));
        }
        return whole;
    }

    /** The draft with the columns' comments made after it. */
    Draft commented(Draft draft) {
        Draft whole = draft;
        for (Map.Entry<String, String> comment : comments.entrySet()) {
            whole = whole.before(compilation
                    .newPrinter()
                    .sql("COMMENT ON COLUMN ")
                    .quoted(table.database())
                    .sql(".")
                    .quoted(table.schema())
                    .sql(".")
                    .quoted(table.name())
                    .sql(".")
                    .quoted(comment.getKey())
                    .sql(" IS ")
                    .literal(comment.getValue()));
        }
        return whole;
    }

    /** Begins the next element. */
    Printer next() {
        printer.sql(separator);
        separator = ", ";
        return printer;
    }

    /** Remembers a column, which must be the first of its name. */
    void declare(String column, SqlNode source) {
        if (!columns.add(column)) {
            throw Compilation.error(
                    ErrorCode.DUPLICATE_COLUMN, "column \"" + column + "\" is specified more than once", source);
        }
    }

    /** Remembers what a foreign key must know of a column. */
    void type(String column, String type) {
        types.put(column, type);
    }

    void comment(String column, String text) {
        comments.put(column, text);
    }

    private void column(ColumnDefinition column) {
        String name = column.name().getSimple();
        declare(name, column.name());
        next().name(column.name());
        if (named) {
            requireNameOnly(column);
            return;
        }
        if (column.type().isEmpty() && !column.isComputed()) {
            throw Compilation.error(ErrorCode.SYNTAX_ERROR, "column \"" + name + "\" has no type", column);
        }
        column.check();
        column.engineType(printer::type).ifPresent(type -> {
            type(name, type);
            printer.sql(" " + type);
        });
        column.identity().ifPresent(identity -> identity(column, identity));
        column.constraints().forEach(constraint -> constraint(name, constraint));
    }

    private static void requireNameOnly(ColumnDefinition column) {
        if (column.type().isPresent() || !column.constraints().isEmpty()) {
            throw Compilation.error(
                    ErrorCode.SYNTAX_ERROR, "with AS the query gives the types: name the columns only", column);
        }
    }

    private void identity(ColumnDefinition column, IdentityOptions options) {
        identity(column.name().getSimple(), column.name(), options);
        if (!column.has(Kind.NOT_NULL) && !column.has(Kind.PRIMARY_KEY)) {
            printer.sql(" NOT NULL");
        }
    }

    /** Writes that a column takes the next value of a new sequence. */
    void identity(String column, SqlIdentifier source, IdentityOptions options) {
        ObjectName sequence = sequences.create(source, column, options);
        nextValue(printer.sql(" DEFAULT ("), sequence).sql(")");
    }

    static Printer nextValue(Printer printer, ObjectName sequence) {
        return printer.sql("nextval(").literal(EngineNames.quoted(sequence)).sql(")");
    }

    private void constraint(String column, ColumnConstraint constraint) {
        switch (constraint.kind()) {
            case DEFAULT -> expression(" DEFAULT (", constraint);
            case GENERATED -> expression(" GENERATED ALWAYS AS (", constraint);
            case STORED -> {
                boolean volatileBefore = printer.isVolatile();
                expression(" GENERATED ALWAYS AS (", constraint);
                if (printer.isVolatile() && !volatileBefore) {
                    throw Compilation.error(
                            ErrorCode.INVALID_OBJECT_DEFINITION,
                            "the expression of a stored column must always give the same value",
                            constraint.pos());
                }
            }
            case CHECK -> {
                name(constraint.name());
                expression(" CHECK (", constraint);
            }
            case COLLATE -> collation(printer, (SqlIdentifier) Objects.requireNonNull(constraint.expression()));
            case COMMENT ->
                comment(
                        column,
                        Objects.requireNonNull(((SqlLiteral) Objects.requireNonNull(constraint.expression()))
                                .getValueAs(String.class)));
            case REFERENCES -> {
                TableConstraint.Reference reference = Objects.requireNonNull(constraint.reference());
                if (KeyDeclarations.isNeeded(reference)) {
                    references.add(new Reference(constraint.name(), List.of(column), reference));
                } else {
                    name(constraint.name());
                    reference(reference);
                }
            }
            case IDENTITY -> {}
            case PRIMARY_KEY, UNIQUE, NOT_NULL, NULL -> {
                if (constraint.kind() == Kind.PRIMARY_KEY) {
                    onlyPrimaryKey(constraint.pos());
                    primaryKey = List.of(column);
                } else if (constraint.kind() == Kind.UNIQUE) {
                    keys.add(List.of(column));
                }
                name(constraint.name());
                printer.sql(" " + constraint.kind().words());
            }
        }
    }

    private void expression(String words, ColumnConstraint constraint) {
        printer.sql(words).kept(Objects.requireNonNull(constraint.expression())).sql(")");
    }

    static void collation(Printer printer, SqlIdentifier collation) {
        String part = " COLLATE ";
        for (String name : collation.names) {
            printer.sql(part).at(collation).quoted(name);
            part = ".";
        }
    }

    private void constraint(TableConstraint constraint) {
        if (named) {
            throw Compilation.error(
                    ErrorCode.FEATURE_NOT_SUPPORTED, "CREATE TABLE ... AS takes no constraints", constraint);
        }
        if (constraint.kind() == TableConstraint.Kind.PRIMARY_KEY) {
            onlyPrimaryKey(constraint.getParserPosition());
            primaryKey = names(constraint.columns());
        } else if (constraint.kind() == TableConstraint.Kind.UNIQUE) {
            keys.add(names(constraint.columns()));
        }
        TableConstraint.Reference reference = constraint.reference().orElse(null);
        if (reference != null && KeyDeclarations.isNeeded(reference)) {
            requireColumns(constraint.columns(), columns);
            references.add(new Reference(constraint.name().orElse(null), names(constraint.columns()), reference));
            return;
        }
        next();
        name(constraint.name().orElse(null));
        printer.sql(" " + constraint.kind().words() + " ");
        if (!constraint.columns().isEmpty()) {
            requireColumns(constraint.columns(), columns);
            printer.names(constraint.columns());
        }
        constraint
                .condition()
                .ifPresent(condition -> printer.sql("(").expression(condition).sql(")"));
        constraint.reference().ifPresent(this::reference);
    }

    static List<String> names(SqlNodeList list) {
        return list.stream().map(name -> ((SqlIdentifier) name).getSimple()).toList();
    }

    void onlyPrimaryKey(SqlParserPos pos) {
        if (hasPrimaryKey) {
            throw Compilation.error(
                    ErrorCode.INVALID_TABLE_DEFINITION,
                    "table \"" + table.name() + "\" has more than one primary key",
                    pos);
        }
        hasPrimaryKey = true;
    }

    static void requireColumns(SqlNodeList wanted, Set<String> columns) {
        for (SqlNode column : wanted) {
            String name = ((SqlIdentifier) column).getSimple();
            if (!columns.contains(name)) {
                throw Compilation.error(
                        ErrorCode.UNDEFINED_COLUMN,
                        "column \"" + name + "\" does not exist" + Nearest.suggestion(name, columns.stream()),
                        column);
            }
        }
    }

    private void name(@Nullable SqlIdentifier name) {
        if (name != null) {
            printer.sql(" CONSTRAINT ").name(name);
        }
    }

    /** The engine reads the referenced table in the connection's own database only. */
    private void reference(TableConstraint.Reference reference) {
        if (table.database().equals(Engine.TEMPORARY_DATABASE)) {
            Unsupported.refuse(reference.table().getParserPosition(), "REFERENCES of a temporary table");
        }
        ObjectName referenced = referenced(reference.table());
        if (!referenced.database().equals(table.database())) {
            throw Compilation.error(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "a foreign key cannot reference a table of another database",
                    reference.table());
        }
        printer.sql(" REFERENCES ")
                .at(reference.table())
                .quoted(referenced.schema())
                .sql(".")
                .quoted(referenced.name());
        if (reference.columns() != null) {
            printer.sql(" ").names(reference.columns());
        }
        printer.reads(referenced);
        hasReference = true;
    }

    /** A table may reference itself before it exists. */
    private ObjectName referenced(SqlIdentifier name) {
        Optional<ObjectName> existing = compilation.names().find(name);
        return existing.orElseGet(() -> {
            ObjectName target = compilation.names().target(name);
            boolean self =
                    target.schema().equals(table.schema()) && target.name().equalsIgnoreCase(table.name());
            if (!self) {
                throw compilation.names().undefinedTable(name);
            }
            return table;
        });
    }
}
