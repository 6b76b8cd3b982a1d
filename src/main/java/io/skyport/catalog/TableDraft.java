package io.skyport.catalog;

import io.skyport.catalog.Table.Check;
import io.skyport.catalog.Table.ExternalLocation;
import io.skyport.catalog.Table.ForeignKey;
import io.skyport.catalog.Table.Index;
import io.skyport.catalog.Table.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of a table so far while a snapshot is loaded. */
final class TableDraft {

    private final ObjectName name;
    private final TableKind kind;
    private final @Nullable String comment;
    private final @Nullable ExternalLocation external;
    private final @Nullable String materialized;
    private final ConstraintNames constraintNames;
    private final List<Column> columns = new ArrayList<>();
    private @Nullable Key primaryKey;
    private final List<Key> uniqueKeys = new ArrayList<>();
    private final List<Check> checks = new ArrayList<>();
    private final List<ForeignKey> foreignKeys = new ArrayList<>();
    private final List<Index> indexes = new ArrayList<>();

    TableDraft(ObjectName name, TableKind kind, @Nullable String comment, @Nullable ExternalLocation external) {
        this(name, kind, comment, external, null);
    }

    /** A materialized view. */
    TableDraft(ObjectName name, MaterializedMarker view) {
        this(name, TableKind.MATERIALIZED_VIEW, view.comment(), null, view.query());
    }

    private TableDraft(
            ObjectName name,
            TableKind kind,
            @Nullable String comment,
            @Nullable ExternalLocation external,
            @Nullable String materialized) {
        this.name = name;
        this.materialized = materialized;
        this.kind = kind;
        this.comment = comment;
        this.external = external;
        this.constraintNames = new ConstraintNames(name.name());
    }

    ObjectName name() {
        return name;
    }

    void add(Column column) {
        columns.add(column);
    }

    int nextOrdinal() {
        return columns.size() + 1;
    }

    /** Tells generated columns by the CREATE TABLE; the engine shows their expressions as defaults. */
    void markGenerated(String createTable) {
        Set<String> names = GeneratedColumns.of(createTable, columns.size());
        columns.replaceAll(column -> names.contains(column.name()) ? generated(column) : column);
    }

    void primaryKey(List<String> keyColumns) {
        primaryKey = new Key(constraintNames.primaryKey(), keyColumns);
    }

    void uniqueKey(List<String> keyColumns) {
        uniqueKeys.add(new Key(constraintNames.uniqueKey(keyColumns), keyColumns));
    }

    void check(List<String> checkedColumns, String condition) {
        checks.add(new Check(constraintNames.check(checkedColumns), condition));
    }

    /** The engine has no referential actions: a referenced row can neither go nor change. */
    void foreignKey(List<String> keyColumns, TableDraft referenced, List<String> referencedColumns) {
        List<String> stored =
                referencedColumns.stream().map(referenced::storedName).toList();
        foreignKeys.add(new ForeignKey(
                constraintNames.foreignKey(keyColumns),
                keyColumns,
                referenced.name,
                referenced.keyName(stored),
                stored,
                ReferentialAction.NO_ACTION,
                ReferentialAction.NO_ACTION));
    }

    /** A key that the engine does not know. */
    void foreignKey(EnforcedKeys.Row key, TableDraft referenced) {
        List<String> stored =
                key.referencedColumns().stream().map(referenced::storedName).toList();
        foreignKeys.add(new ForeignKey(
                key.name(),
                key.columns().stream().map(this::storedName).toList(),
                referenced.name,
                referenced.keyName(stored),
                stored,
                key.updateRule(),
                key.deleteRule(),
                key.number()));
    }

    void index(String indexName, List<String> expressions, boolean unique) {
        indexes.add(new Index(
                indexName, expressions.stream().map(this::columnOrExpression).toList(), unique));
    }

    Table table() {
        return new Table(
                name,
                kind,
                columns,
                primaryKey,
                uniqueKeys,
                checks,
                foreignKeys,
                indexes,
                external,
                materialized,
                comment);
    }

    private String keyName(List<String> keyColumns) {
        Set<String> wanted = Set.copyOf(keyColumns);
        @Nullable Key primary = primaryKey;
        if (primary != null && Set.copyOf(primary.columns()).equals(wanted)) {
            return primary.name();
        }
        return uniqueKeys.stream()
                .filter(key -> Set.copyOf(key.columns()).equals(wanted))
                .map(Key::name)
                .findFirst()
                .orElse(ConstraintNames.primaryKeyOf(name.name()));
    }

    private String storedName(String column) {
        return column(column).map(Column::name).orElse(column);
    }

    private Optional<Column> column(String column) {
        return columns.stream().filter(c -> NameCase.same(c.name(), column)).findFirst();
    }

    /** A column by its name as stored, without the quotes that the engine prints around it. */
    private String columnOrExpression(String expression) {
        boolean quoted = expression.length() > 2 && expression.startsWith("\"") && expression.endsWith("\"");
        String bare = quoted ? expression.substring(1, expression.length() - 1).replace("\"\"", "\"") : expression;
        return column(bare).map(Column::name).orElse(expression);
    }

    private static Column generated(Column column) {
        return new Column(
                column.name(), column.type(), column.nullable(), column.ordinal(), null, false, true, column.comment());
    }
}
