package io.skyport.sql.export;

import io.skyport.catalog.ObjectName;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** Objects in an order in which each comes behind those that its text names; otherwise as they were added. */
final class DependencyOrder {

    private final PortableText portable;
    private final Map<ObjectName, Entry> entries = new LinkedHashMap<>();

    private record Entry(ObjectName name, String text, Set<ObjectName> needed) {}

    DependencyOrder(PortableText portable) {
        this.portable = portable;
    }

    /** @param referenced what it needs besides what its text names, folded */
    void add(ObjectName name, String text, Set<ObjectName> referenced) {
        Set<ObjectName> needed = portable.names(text);
        needed.addAll(referenced);
        entries.put(name.folded(), new Entry(name, text, needed));
    }

    void forEach(BiConsumer<ObjectName, String> found) {
        Set<ObjectName> begun = new HashSet<>();
        entries.keySet().forEach(name -> visit(name, begun, found));
    }

    /** Two that seem to need each other do not: no object was there before what it needs. */
    private void visit(ObjectName name, Set<ObjectName> begun, BiConsumer<ObjectName, String> found) {
        Entry entry = entries.get(name);
        if (entry == null || !begun.add(name)) {
            return;
        }
        entry.needed().forEach(needed -> visit(needed, begun, found));
        found.accept(entry.name(), entry.text());
    }
}
