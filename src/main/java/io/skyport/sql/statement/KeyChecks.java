package io.skyport.sql.statement;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What a statement that writes referencing rows has beside it: whether there is what they reference. */
final class KeyChecks {

    private KeyChecks() {}

    /** Of rows that the statement inserts. */
    static Draft inserting(Draft draft, WrittenTable table, Compilation compilation) {
        return with(draft, keys(table), EnforcedKey::newOrphans, compilation);
    }

    /** Of all rows, if the statement changes columns of a key. */
    static Draft updating(Draft draft, WrittenTable table, Set<String> columns, Compilation compilation) {
        List<EnforcedKey> keys = keys(table).stream()
                .filter(key -> columns.stream().anyMatch(key::has))
                .toList();
        return with(draft, keys, EnforcedKey::orphans, compilation);
    }

    private static List<EnforcedKey> keys(WrittenTable table) {
        return table.definition() == null ? List.of() : EnforcedKey.in(table.definition());
    }

    private static Draft with(
            Draft draft, List<EnforcedKey> keys, Function<EnforcedKey, String> orphans, Compilation compilation) {
        if (keys.isEmpty()) {
            return draft;
        }
        Draft whole = draft.after(compilation.newPrinter().sql(KeyLocks.shared(keys)));
        for (EnforcedKey key : keys) {
            whole = whole.before(compilation.newPrinter().sql(KeyLocks.check(key, orphans.apply(key))));
        }
        return whole;
    }
}
