package io.skyport.sql;

import io.skyport.catalog.ObjectName;
import java.util.Set;

/**
 * What a statement does that foreign keys of the engine depend on: it checks them against what a transaction sees, and not
 * against what others commit at the same time.
 *
 * @param references tables that rows it writes may reference
 * @param removes tables of which it may take keys away that others reference
 */
public record KeyUse(Set<ObjectName> references, Set<ObjectName> removes) {

    public static final KeyUse NONE = new KeyUse(Set.of(), Set.of());

    /** The same as it is now. */
    KeyUse copy() {
        return new KeyUse(Set.copyOf(references), Set.copyOf(removes));
    }
}
