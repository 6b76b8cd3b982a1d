package io.skyport.sql.statement;

import io.skyport.catalog.Column;
import io.skyport.catalog.EnforcedKeys;
import io.skyport.catalog.ObjectName;
import io.skyport.catalog.ReferentialAction;
import io.skyport.catalog.SqlType;
import io.skyport.catalog.Table;
import io.skyport.catalog.Table.ForeignKey;
import io.skyport.catalog.TableKind;
import io.skyport.engine.Engine;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.dialect.EngineNames;
import io.skyport.sql.names.Nearest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** The foreign keys of one table that the engine does not enforce, as one statement declares them. */
final class KeyDeclarations {

    private static final String NO_ACTION = "NO ACTION";

    private final Compilation compilation;
    private final Shape table;
    private final Set<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final List<String> statements = new ArrayList<>();

    /**
     * What a key must know of a table, which need not exist yet.
     *
     * @param types by column, as far as they are known
     * @param keys the primary key first, or an empty list in its place
     */
    record Shape(ObjectName name, Map<String, String> types, List<List<String>> keys) {

        static Shape of(Table table) {
            Map<String, String> types = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            for (Column column : table.columns()) {
                types.put(column.name(), column.type().name());
            }
            Table.Key primary = table.primaryKey();
            List<List<String>> keys = new ArrayList<>();
            keys.add(primary == null ? List.of() : primary.columns());
            table.uniqueKeys().forEach(key -> keys.add(key.columns()));
            table.indexes().stream().filter(Table.Index::unique).forEach(index -> keys.add(index.expressions()));
            return new Shape(table.name(), types, keys);
        }

        private boolean isKey(List<String> columns) {
            Set<String> wanted = folded(columns);
            return keys.stream().anyMatch(key -> !key.isEmpty() && folded(key).equals(wanted));
        }

        private static Set<String> folded(List<String> columns) {
            Set<String> folded = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
            folded.addAll(columns);
            return folded;
        }
    }

    /** @param taken names of the constraints that the table has already */
    KeyDeclarations(Compilation compilation, Shape table, Stream<String> taken) {
        this.compilation = compilation;
        this.table = table;
        taken.forEach(this.taken::add);
    }

    /** Whether the engine cannot do it: it has no actions. */
    static boolean isNeeded(TableConstraint.Reference reference) {
        return isAction(reference.onDelete()) || isAction(reference.onUpdate());
    }

    private static boolean isAction(@Nullable String words) {
        return words != null && !words.equals(NO_ACTION);
    }

    /** Declares a key; it has no number yet. */
    ForeignKey add(@Nullable SqlIdentifier name, List<String> columns, TableConstraint.Reference reference) {
        SqlIdentifier source = reference.table();
        if (table.name().database().equals(Engine.TEMPORARY_DATABASE)) {
            Unsupported.refuse(source.getParserPosition(), "REFERENCES of a temporary table");
        }
        Shape parent = parent(source);
        List<String> referenced = reference.columns() == null
                ? parent.keys().get(0)
                : reference.columns().stream().map(KeyDeclarations::simple).toList();
        require(parent, referenced, columns, reference);
        String called = named(name, columns);
        compilation.printer().reads(parent.name());
        compilation.printer().writes(parent.name());
        List<String> values = List.of(
                EngineNames.literal(called),
                EngineNames.literal(table.name().schema()),
                EngineNames.literal(table.name().name()),
                list(columns),
                EngineNames.literal(parent.name().schema()),
                EngineNames.literal(parent.name().name()),
                list(referenced),
                EngineNames.literal(words(reference.onUpdate())),
                EngineNames.literal(words(reference.onDelete())));
        statements.add("INSERT INTO " + in(EnforcedKeys.KEYS) + " SELECT nextval("
                + EngineNames.literal(in(EnforcedKeys.NUMBERS)) + "), " + String.join(", ", values));
        return new ForeignKey(
                called,
                columns,
                parent.name(),
                "",
                referenced,
                ReferentialAction.valueOf(words(reference.onUpdate()).replace(' ', '_')),
                ReferentialAction.valueOf(words(reference.onDelete()).replace(' ', '_')));
    }

    private static String words(@Nullable String action) {
        return action == null ? NO_ACTION : action;
    }

    private static String simple(SqlNode column) {
        return ((SqlIdentifier) column).getSimple();
    }

    static String list(List<String> names) {
        return names.stream().map(EngineNames::literal).collect(Collectors.joining(", ", "[", "]"));
    }

    /** A table may reference itself before it exists. */
    private Shape parent(SqlIdentifier name) {
        ObjectName target = compilation
                .names()
                .find(name.names)
                .orElseGet(() -> compilation.names().target(name));
        if (target.folded().equals(table.name().folded())) {
            return table;
        }
        Table parent = compilation.names().existing(name);
        if (parent.kind() != TableKind.TABLE || parent.external() != null) {
            throw Compilation.error(
                    ErrorCode.WRONG_OBJECT_TYPE,
                    "a foreign key cannot reference \"" + target.name() + "\": it is no table of the database",
                    name);
        }
        if (!parent.name().database().equals(table.name().database())) {
            throw Compilation.error(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "a foreign key cannot reference a table of another database",
                    name);
        }
        return Shape.of(parent);
    }

    private void require(
            Shape parent, List<String> referenced, List<String> columns, TableConstraint.Reference reference) {
        for (String column : referenced) {
            if (!parent.types().containsKey(column)) {
                throw Compilation.error(
                        ErrorCode.UNDEFINED_COLUMN,
                        "table \"" + parent.name().name() + "\" has no column \"" + column + "\""
                                + Nearest.suggestion(column, parent.types().keySet().stream()),
                        reference.table());
            }
        }
        if (!parent.isKey(referenced)) {
            throw invalid(
                    "there is no primary key or unique constraint of \""
                            + parent.name().name() + "\" with exactly the columns referenced",
                    reference);
        }
        if (referenced.size() != columns.size() || new HashSet<>(columns).size() < columns.size()) {
            throw invalid("the foreign key and the key that it references differ in their columns", reference);
        }
        for (int i = 0; i < columns.size(); i++) {
            String own = type(table.types().get(columns.get(i)));
            String other = type(parent.types().get(referenced.get(i)));
            if (!own.equalsIgnoreCase(other)) {
                throw invalid("column \"" + columns.get(i) + "\" is " + own + " and references " + other, reference);
            }
        }
    }

    private static String type(@Nullable String written) {
        try {
            return written == null ? "" : SqlType.parse(written).name();
        } catch (IllegalArgumentException | SkyportException unknown) {
            return String.valueOf(written);
        }
    }

    private static SkyportException invalid(String text, TableConstraint.Reference reference) {
        return Compilation.error(ErrorCode.INVALID_FOREIGN_KEY, text, reference.table());
    }

    private String named(@Nullable SqlIdentifier name, List<String> columns) {
        if (name != null) {
            if (!taken.add(name.getSimple())) {
                throw Compilation.error(
                        ErrorCode.DUPLICATE_OBJECT,
                        "constraint \"" + name.getSimple() + "\" of table \""
                                + table.name().name() + "\" already exists",
                        name);
            }
            return name.getSimple();
        }
        String wanted = table.name().name() + "_" + String.join("_", columns) + "_fkey";
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> i == 0 ? wanted : wanted + i)
                .filter(taken::add)
                .findFirst()
                .orElseThrow();
    }

    /** The engine's statements that keep the keys, after the table is there; none if there are no keys. */
    List<String> statements() {
        if (statements.isEmpty()) {
            return List.of();
        }
        List<String> all = new ArrayList<>();
        all.add(createSchema(table.name().database()));
        all.add("CREATE SEQUENCE IF NOT EXISTS " + in(EnforcedKeys.NUMBERS));
        all.add("CREATE TABLE IF NOT EXISTS " + in(EnforcedKeys.KEYS) + " (number BIGINT, name VARCHAR,"
                + " child_schema VARCHAR, child_table VARCHAR, child_columns VARCHAR[], parent_schema VARCHAR,"
                + " parent_table VARCHAR, parent_columns VARCHAR[], update_rule VARCHAR, delete_rule VARCHAR)");
        all.add("CREATE TABLE IF NOT EXISTS " + in(EnforcedKeys.LOCKS)
                + " (number BIGINT, slot INTEGER, writes BIGINT)");
        all.addAll(statements);
        all.add("INSERT INTO " + in(EnforcedKeys.LOCKS) + " SELECT k.number, s.slot, 0 FROM " + in(EnforcedKeys.KEYS)
                + " AS k, range(" + EnforcedKeys.LOCK_SLOTS + ") AS s(slot) WHERE k.number NOT IN (SELECT number FROM "
                + in(EnforcedKeys.LOCKS) + ")");
        return all;
    }

    /** Changes nothing where there are keys already. */
    static String createSchema(String database) {
        return "CREATE SCHEMA IF NOT EXISTS " + EngineNames.quoted(database) + "."
                + EngineNames.quoted(EnforcedKeys.SCHEMA);
    }

    private String in(String name) {
        return EngineNames.quoted(EnforcedKeys.in(table.name().database(), name));
    }
}
