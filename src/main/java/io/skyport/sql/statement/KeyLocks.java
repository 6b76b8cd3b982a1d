package io.skyport.sql.statement;

import io.skyport.catalog.EnforcedKeys;
import io.skyport.sql.dialect.EngineNames;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * What lets two transactions fail that are each right by itself: one that writes a row, and one that deletes the row which
 * it references. The engine lets both commit, for they change different rows; so they change one of these as well.
 */
final class KeyLocks {

    private KeyLocks() {}

    /** For who writes referencing rows. */
    static String shared(Collection<EnforcedKey> keys) {
        return update(keys) + " AND slot = txid_current() % " + EnforcedKeys.LOCK_SLOTS;
    }

    /** For who changes referenced rows. */
    static String exclusive(Collection<EnforcedKey> keys) {
        return update(keys);
    }

    private static String update(Collection<EnforcedKey> keys) {
        return "UPDATE " + table(keys.iterator().next()) + " SET writes = writes + 1 WHERE number IN ("
                + keys.stream()
                        .map(EnforcedKey::number)
                        .distinct()
                        .sorted()
                        .map(String::valueOf)
                        .collect(Collectors.joining(", "))
                + ")";
    }

    /** Changes no row, and fails if the condition holds. */
    static String check(EnforcedKey key, String condition) {
        return "UPDATE " + table(key) + " SET writes = CAST(" + key.refusal() + " AS BIGINT) WHERE number = "
                + key.number() + " AND " + condition;
    }

    /** Fails if rows that are there reference nothing. */
    static String check(EnforcedKey key) {
        return "UPDATE " + table(key) + " SET writes = CAST(" + key.refusal() + " AS BIGINT) WHERE " + key.orphans();
    }

    private static String table(EnforcedKey key) {
        return EngineNames.quoted(EnforcedKeys.in(key.table().name().database(), EnforcedKeys.LOCKS));
    }
}
