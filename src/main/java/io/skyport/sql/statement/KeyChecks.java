package io.skyport.sql.statement;

import io.skyport.catalog.Table;
import io.skyport.engine.Engine;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a statement that writes referencing rows has beside it: whether there is what they reference. */
final class KeyChecks {

    private static final Pattern NESTED = Pattern.compile("\\[|STRUCT|MAP|UNION");

    private KeyChecks() {}

    /** Of rows that the statement inserts. */
    static Draft inserting(Draft draft, WrittenTable table, Compilation compilation) {
        note(table, key -> true, compilation);
        return checked(draft, keys(table), EnforcedKey::newOrphans, compilation);
    }

    /** Of all rows, if the statement changes columns of a key. */
    static Draft updating(Draft draft, WrittenTable table, Set<String> columns, Compilation compilation) {
        boolean anew = writesAnew(table.definition(), columns);
        note(table, key -> anew || key.columns().stream().anyMatch(columns::contains), compilation);
        List<EnforcedKey> keys = keys(table);
        List<EnforcedKey> changed =
                keys.stream().filter(key -> columns.stream().anyMatch(key::has)).toList();
        return changed.isEmpty() && !keys.isEmpty() && anew
                ? locked(draft, keys, compilation)
                : checked(draft, changed, EnforcedKey::orphans, compilation);
    }

    /** The engine checks its own keys; the session sees to it that they hold whatever others do meanwhile. */
    private static void note(WrittenTable table, Predicate<Table.ForeignKey> concerned, Compilation compilation) {
        if (table.definition() != null && !table.name().database().equals(Engine.TEMPORARY_DATABASE)) {
            table.definition().foreignKeys().stream()
                    .filter(key -> key.number() == null)
                    .filter(concerned)
                    .forEach(key -> compilation.printer().references(key.referencedTable()));
        }
    }

    private static List<EnforcedKey> keys(WrittenTable table) {
        return table.definition() == null ? List.of() : EnforcedKey.in(table.definition());
    }

    /**
     * Whether the engine deletes rows and writes them anew with other values in these columns: a copy of what they
     * referenced before, though another transaction changes that at the same time.
     */
    private static boolean writesAnew(@Nullable Table table, Set<String> columns) {
        return table != null
                && table.columns().stream()
                        .filter(column -> columns.contains(column.name()))
                        .anyMatch(column -> isIndexed(table, column.name())
                                || NESTED.matcher(column.type().name()).find());
    }

    private static boolean isIndexed(Table table, String column) {
        return Stream.of(
                        Stream.ofNullable(table.primaryKey()).map(Table.Key::columns),
                        table.uniqueKeys().stream().map(Table.Key::columns),
                        table.foreignKeys().stream().map(Table.ForeignKey::columns),
                        table.indexes().stream().map(Table.Index::expressions))
                .flatMap(columns -> columns)
                .anyMatch(columns -> columns.contains(column));
    }

    private static Draft checked(
            Draft draft, List<EnforcedKey> keys, Function<EnforcedKey, String> orphans, Compilation compilation) {
        Draft whole = locked(draft, keys, compilation);
        for (EnforcedKey key : keys) {
            compilation.printer().reads(key.key().referencedTable());
            whole = whole.before(compilation.newPrinter().sql(KeyLocks.check(key, orphans.apply(key))));
        }
        return whole;
    }

    private static Draft locked(Draft draft, List<EnforcedKey> keys, Compilation compilation) {
        return keys.isEmpty() ? draft : draft.after(compilation.newPrinter().sql(KeyLocks.shared(keys)));
    }
}
