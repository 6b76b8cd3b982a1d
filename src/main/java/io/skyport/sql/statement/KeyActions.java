package io.skyport.sql.statement;

import io.skyport.catalog.CatalogSnapshot;
import io.skyport.catalog.ObjectName;
import io.skyport.catalog.ReferentialAction;
import io.skyport.catalog.Table;
import io.skyport.engine.Engine;
import io.skyport.sql.dialect.EngineNames;
import io.skyport.sql.print.EngineText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/**
 * What happens to referencing rows when a statement deletes or changes rows that they reference. Before the statement the
 * keys are noted that it will delete or change. Behind it, each round does to the rows that reference the keys noted last
 * what their foreign keys say, and notes the keys that go or change by that; chains, cycles and trees end when nothing is
 * left to do. In the end no row may reference a key that there is not.
 */
final class KeyActions {

    private final Compilation compilation;
    private final CatalogSnapshot catalog;
    private final List<ReferencedKey> reached = new ArrayList<>();
    private final int direct;

    private KeyActions(Compilation compilation, @Nullable Table table, Predicate<List<String>> concerned) {
        this.compilation = compilation;
        this.catalog = compilation.names().catalog();
        if (table != null) {
            reach(table, concerned);
        }
        this.direct = reached.size();
        for (int i = 0; i < reached.size(); i++) {
            reached.get(i).keys().forEach(this::reachFrom);
        }
    }

    /** @param concerned whether the statement may delete or change values of these columns */
    static KeyActions of(WrittenTable table, Compilation compilation, Predicate<List<String>> concerned) {
        Table definition = table.definition();
        if (definition != null && hasKey(definition, concerned) && !isTemporary(definition)) {
            // Also if no foreign key is known here: a transaction may be about to declare the first.
            compilation.printer().removesKeys(table.name());
        }
        return new KeyActions(compilation, definition, concerned);
    }

    private static boolean hasKey(Table table, Predicate<List<String>> concerned) {
        return Stream.of(
                        Stream.ofNullable(table.primaryKey()).map(Table.Key::columns),
                        table.uniqueKeys().stream().map(Table.Key::columns),
                        table.indexes().stream().filter(Table.Index::unique).map(Table.Index::expressions))
                .flatMap(columns -> columns)
                .anyMatch(concerned);
    }

    private static boolean isTemporary(Table table) {
        return table.name().database().equals(Engine.TEMPORARY_DATABASE);
    }

    /** For statements of which nothing tells what they make of the keys that they change. */
    static void refuseUnknown(
            WrittenTable table, Compilation compilation, Set<String> changed, String words, SqlNode statement) {
        if (!of(table, compilation, key -> key.stream().anyMatch(changed::contains))
                .isEmpty()) {
            Unsupported.refuse(statement.getParserPosition(), words + " of a key that foreign keys reference");
        }
    }

    private void reach(Table table, Predicate<List<String>> concerned) {
        Map<List<String>, List<EnforcedKey>> byColumns = new LinkedHashMap<>();
        EnforcedKey.on(table.name(), catalog)
                .forEach(key -> byColumns
                        .computeIfAbsent(key.key().referencedColumns(), columns -> new ArrayList<>())
                        .add(key));
        byColumns.forEach((columns, keys) -> {
            if (concerned.test(columns) && find(table.name(), columns).isEmpty()) {
                reached.add(new ReferencedKey(reached.size(), table, columns, List.copyOf(keys)));
            }
        });
    }

    /** Rows that go take all their keys with them, rows that change those which have the changed columns. */
    private void reachFrom(EnforcedKey key) {
        boolean deletes = key.key().deleteRule() == ReferentialAction.CASCADE;
        reach(key.table(), columns -> deletes || columns.stream().anyMatch(key::has));
    }

    private List<ReferencedKey> find(ObjectName table, List<String> columns) {
        return reached.stream()
                .filter(key -> key.table().name().equals(table) && key.columns().equals(columns))
                .toList();
    }

    private List<ReferencedKey> of(Table table) {
        return reached.stream()
                .filter(key -> key.table().name().equals(table.name()))
                .toList();
    }

    boolean isEmpty() {
        return reached.isEmpty();
    }

    /** The statement together with the actions; {@code note} writes the statement that notes the keys concerned. */
    Draft around(Draft draft, Function<ReferencedKey, EngineText> note) {
        Draft whole = prepared(draft);
        for (ReferencedKey key : reached.subList(0, direct)) {
            whole = whole.noting(note.apply(key));
        }
        return finished(rounds(whole));
    }

    /** The same for a statement of which only its effect tells which rows it deletes. */
    Draft aroundUnknown(Draft draft) {
        Draft whole = prepared(draft);
        for (ReferencedKey key : reached.subList(0, direct)) {
            String table = EngineNames.quoted(key.table().name());
            whole = after(whole, key.noteGone("p") + table + " AS p");
            whole = repeating(
                    whole,
                    "DELETE FROM " + key.moved() + " AS m USING " + table + " AS p WHERE m.state = 0 AND "
                            + key.each(i -> "m.o" + i + " = p." + key.column(i), " AND "));
        }
        return finished(rounds(whole));
    }

    private Draft prepared(Draft draft) {
        for (EnforcedKey key : all()) {
            if (key.acts()) {
                compilation.printer().writes(key.table().name());
            } else {
                compilation.printer().reads(key.table().name());
            }
        }
        Draft whole = after(draft, KeyLocks.exclusive(all()));
        for (ReferencedKey key : reached) {
            whole = after(whole, key.create());
        }
        return whole;
    }

    private List<EnforcedKey> all() {
        return reached.stream().flatMap(key -> key.keys().stream()).toList();
    }

    private Draft rounds(Draft draft) {
        Draft whole = draft;
        for (ReferencedKey referenced : reached) {
            whole = next(whole, referenced);
        }
        for (ReferencedKey referenced : reached) {
            for (EnforcedKey key : referenced.keys()) {
                whole = restricted(whole, referenced, key);
            }
        }
        for (ReferencedKey referenced : reached) {
            for (EnforcedKey key : referenced.keys()) {
                whole = acted(whole, referenced, key);
            }
        }
        return whole;
    }

    /** What did not change needs no actions. */
    private Draft next(Draft draft, ReferencedKey key) {
        return repeating(
                draft,
                "UPDATE " + key.moved() + " SET state = CASE WHEN state = 1 OR NOT gone AND "
                        + key.each(i -> "o" + i + " IS NOT DISTINCT FROM n" + i, " AND ")
                        + " THEN 2 ELSE 1 END WHERE state < 2");
    }

    private Draft restricted(Draft draft, ReferencedKey referenced, EnforcedKey key) {
        Draft whole = draft;
        if (key.key().deleteRule() == ReferentialAction.RESTRICT) {
            whole = repeating(whole, restriction(referenced, key, ReferencedKey.GONE));
        }
        if (key.key().updateRule() == ReferentialAction.RESTRICT) {
            whole = repeating(whole, restriction(referenced, key, ReferencedKey.CHANGED));
        }
        return whole;
    }

    private static String restriction(ReferencedKey referenced, EnforcedKey key, String state) {
        return failing(
                referenced,
                key.restriction(),
                "EXISTS (SELECT 1 FROM " + key.from() + joined(referenced, key) + " WHERE " + state + ")");
    }

    /** Changes no row, and fails if the condition holds. */
    private static String failing(ReferencedKey referenced, String failure, String condition) {
        return "UPDATE " + referenced.moved() + " SET state = CAST(" + failure + " AS UTINYINT) WHERE " + condition;
    }

    private static String joined(ReferencedKey referenced, EnforcedKey key) {
        return " JOIN " + referenced.moved() + " AS m ON " + key.equal(i -> "m.o" + i);
    }

    private Draft acted(Draft draft, ReferencedKey referenced, EnforcedKey key) {
        ReferentialAction onDelete = key.key().deleteRule();
        Draft deleted = onDelete == ReferentialAction.CASCADE
                ? deleted(draft, referenced, key)
                : changed(draft, referenced, key, onDelete, ReferencedKey.GONE);
        return changed(deleted, referenced, key, key.key().updateRule(), ReferencedKey.CHANGED);
    }

    private Draft deleted(Draft draft, ReferencedKey referenced, EnforcedKey key) {
        Draft whole = draft;
        for (ReferencedKey next : of(key.table())) {
            whole = repeating(
                    whole, next.noteGone("c") + key.from() + joined(referenced, key) + " WHERE " + ReferencedKey.GONE);
        }
        return repeating(
                whole,
                "DELETE FROM " + key.from() + " USING " + referenced.moved() + " AS m WHERE "
                        + key.equal(i -> "m.o" + i) + " AND " + ReferencedKey.GONE);
    }

    private Draft changed(
            Draft draft, ReferencedKey referenced, EnforcedKey key, ReferentialAction rule, String state) {
        if (rule == ReferentialAction.RESTRICT || rule == ReferentialAction.NO_ACTION) {
            return draft;
        }
        Draft whole = draft;
        for (ReferencedKey next : of(key.table())) {
            if (next.hasAny(key.key().columns())) {
                whole = repeating(
                        whole,
                        next.noteChanged("c", i -> changedValue(next.columns().get(i), key, rule)) + key.from()
                                + joined(referenced, key) + " WHERE " + state);
            }
        }
        return repeating(
                whole,
                "UPDATE " + key.from() + " SET " + key.each(i -> key.column(i) + " = " + value(i, rule), ", ")
                        + " FROM " + referenced.moved() + " AS m WHERE " + key.equal(i -> "m.o" + i) + " AND "
                        + state);
    }

    private static String value(int i, ReferentialAction rule) {
        return switch (rule) {
            case CASCADE -> "m.n" + i;
            case SET_DEFAULT -> "DEFAULT";
            case SET_NULL, RESTRICT, NO_ACTION -> "NULL";
        };
    }

    private static String changedValue(String column, EnforcedKey key, ReferentialAction rule) {
        for (int i = 0; i < key.width(); i++) {
            if (key.key().columns().get(i).equalsIgnoreCase(column)) {
                return rule == ReferentialAction.SET_DEFAULT ? key.defaultOf(i) : value(i, rule);
            }
        }
        return "c." + EngineNames.quoted(column);
    }

    private Draft finished(Draft draft) {
        Draft whole = draft;
        for (ReferencedKey referenced : reached) {
            for (EnforcedKey key : referenced.keys()) {
                whole = finished(whole, referenced, key);
            }
        }
        for (ReferencedKey key : reached) {
            whole = before(whole, key.drop());
        }
        return whole;
    }

    private Draft finished(Draft draft, ReferencedKey referenced, EnforcedKey key) {
        String values = "(SELECT " + referenced.each(i -> "o" + i, ", ") + " FROM " + referenced.moved()
                + " UNION ALL SELECT " + referenced.each(i -> "n" + i, ", ") + " FROM " + referenced.moved()
                + " WHERE NOT gone)";
        String those = "(SELECT c.* FROM " + key.from() + " SEMI JOIN " + values + " AS m ON "
                + key.equal(i -> "m.o" + i) + ") AS c";
        Draft whole = before(draft, failing(referenced, key.restriction(), key.orphans(those) + ")"));
        if (key.key().deleteRule() == ReferentialAction.SET_DEFAULT
                || key.key().updateRule() == ReferentialAction.SET_DEFAULT) {
            String defaults = "(SELECT c.* FROM " + key.from() + " WHERE " + key.equal(key::defaultOf) + ") AS c";
            whole = before(whole, failing(referenced, key.refusal(), key.orphans(defaults) + ")"));
        }
        // Other keys that have columns in common with one that has new values.
        for (EnforcedKey other : EnforcedKey.in(key.table())) {
            if (other.number() != key.number() && other.key().columns().stream().anyMatch(key::has)) {
                whole = before(whole, failing(referenced, other.refusal(), other.orphans()));
            }
        }
        return whole;
    }

    private Draft after(Draft draft, String sql) {
        return draft.after(compilation.newPrinter().sql(sql));
    }

    private Draft repeating(Draft draft, String sql) {
        return draft.repeating(compilation.newPrinter().sql(sql));
    }

    private Draft before(Draft draft, String sql) {
        return draft.before(compilation.newPrinter().sql(sql));
    }
}
