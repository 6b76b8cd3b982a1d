package io.skyport.sql.print;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWithItem;

/**
 * The common table expressions that can be seen from a place in a statement.
 *
 * @param names of them, in lower case
 * @param items those that are complete, in the order in which they refer to each other
 */
record Scope(Set<String> names, List<SqlNode> items) {

    static final Scope EMPTY = new Scope(Set.of(), List.of());

    boolean sees(String name) {
        return names.contains(name.toLowerCase(Locale.ROOT));
    }

    Scope with(String name) {
        Set<String> more = new HashSet<>(names);
        more.add(name.toLowerCase(Locale.ROOT));
        return new Scope(more, items);
    }

    /** From behind a common table expression on. */
    Scope with(SqlWithItem item) {
        List<SqlNode> more = new ArrayList<>(items);
        more.add(item);
        return new Scope(with(item.name.getSimple()).names, more);
    }
}
