package io.skyport.session;

import io.skyport.catalog.ObjectName;
import io.skyport.sql.KeyUse;
import java.util.HashSet;
import java.util.Set;

/**
 * What keeps foreign keys of the engine whole: it lets both commit that write a row and that delete the one which it
 * references, as they change different rows. In {@link TableVersions} a table has two more names for that. Whoever writes
 * references changes the one and depends on the other; whoever takes keys away does it the other way round. Neither minds
 * who does the same.
 */
final class KeyVersions {

    /** No name of a table ends so. */
    private static final String REFERENCED = "\0referenced";

    private static final String REMOVED = "\0removed";

    private final Set<ObjectName> changed = new HashSet<>();
    private final Set<ObjectName> needed = new HashSet<>();

    /** Adds what a statement does. */
    KeyVersions add(KeyUse use) {
        use.references().forEach(table -> add(named(table, REFERENCED), named(table, REMOVED)));
        use.removes().forEach(table -> add(named(table, REMOVED), named(table, REFERENCED)));
        return this;
    }

    private void add(ObjectName changes, ObjectName needs) {
        changed.add(changes);
        needed.add(needs);
    }

    private static ObjectName named(ObjectName table, String suffix) {
        return new ObjectName(table.database(), table.schema(), table.name() + suffix).folded();
    }

    /** What is changed by that. */
    Set<ObjectName> changed() {
        return changed;
    }

    /** What nobody may have changed meanwhile. */
    Set<ObjectName> needed() {
        return needed;
    }

    void clear() {
        changed.clear();
        needed.clear();
    }
}
