package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Adya's direct serialization graph of what clients saw: every write wrote a value of its own and tells which one it
 * replaced, so that the order of the versions of a row, and who read which, is known. Rows are inserted once and deleted
 * once at most.
 */
final class SerializationGraph {

    /** A row of a table. */
    record Key(String table, int id) {}

    /** The version {@code value} of a row took the place of {@code before}; 0 for none. */
    record Write(Key key, long before, long value, boolean deletes) {}

    /** All rows of a table with ids from {@code low} to {@code high}, by id, as they were before {@code writes} own writes. */
    record Read(String table, int low, int high, Map<Integer, Long> rows) {}

    /** What a committed transaction did. */
    static final class Node {
        final int number;
        final boolean serializable;
        final List<Write> writes = new ArrayList<>();
        final List<Read> reads = new ArrayList<>();
        /** In nanoseconds, around its whole life. */
        long began;

        long ended;

        Node(int number, boolean serializable) {
            this.number = number;
            this.serializable = serializable;
        }
    }

    private final List<Node> nodes;
    private final Map<Long, Node> writers = new HashMap<>();
    /** Which version took the place of another. */
    private final Map<Long, Long> after = new HashMap<>();

    private final Map<Key, Write> inserts = new HashMap<>();
    private final Map<Key, Write> deletes = new HashMap<>();
    private final Map<Node, Set<Node>> edges = new HashMap<>();
    private int count;

    SerializationGraph(List<Node> nodes) {
        this.nodes = nodes;
        nodes.forEach(node -> node.writes.forEach(write -> add(node, write)));
        for (Node node : nodes) {
            for (Write write : node.writes) {
                edge(writers.get(write.before()), node);
            }
            node.reads.forEach(read -> add(node, read));
        }
    }

    int edges() {
        return count;
    }

    private void add(Node node, Write write) {
        assertThat(writers.put(write.value(), node)).as("who wrote " + write).isNull();
        if (write.before() == 0) {
            assertThat(inserts.put(write.key(), write))
                    .as("second insert " + write)
                    .isNull();
        } else {
            assertThat(after.put(write.before(), write.value()))
                    .as("second version after " + write.before() + ": a lost update")
                    .isNull();
        }
        if (write.deletes()) {
            deletes.put(write.key(), write);
        }
    }

    private void add(Node reader, Read read) {
        Set<Key> own = new HashSet<>();
        reader.writes.forEach(write -> own.add(write.key()));
        read.rows().forEach((id, value) -> {
            Key key = new Key(read.table(), id);
            if (!own.contains(key)) {
                Node writer = writers.get(value);
                assertThat(writer)
                        .as("who wrote " + value + ", which " + reader.number + " read")
                        .isNotNull();
                edge(writer, reader);
                Long next = after.get(value);
                Node later = next == null ? null : writers.get(next);
                assertThat(writer != reader && later == writer)
                        .as(value + " is intermediate")
                        .isFalse();
                edge(reader, later);
            }
        });
        inserts.forEach((key, insert) -> {
            boolean asked = key.table().equals(read.table()) && key.id() >= read.low() && key.id() <= read.high();
            if (asked && !read.rows().containsKey(key.id()) && !own.contains(key)) {
                absent(reader, key, writers.get(insert.value()));
            }
        });
    }

    /** It was not inserted yet, or deleted already; sometimes only time tells, and sometimes nothing does. */
    private void absent(Node reader, Key key, Node inserter) {
        Write deleted = deletes.get(key);
        if (deleted == null || reader.ended < inserter.began) {
            edge(reader, inserter);
        } else if (writers.get(deleted.value()).ended < reader.began) {
            edge(writers.get(deleted.value()), reader);
        }
    }

    private void edge(Node from, Node to) {
        if (from != null
                && to != null
                && from != to
                && edges.computeIfAbsent(from, any -> new HashSet<>()).add(to)) {
            count++;
        }
    }

    /** The numbers of transactions that are on cycles, or behind or between them; empty if there is an order of all. */
    List<Integer> cycles() {
        Map<Node, Integer> waiting = new HashMap<>();
        edges.values().forEach(targets -> targets.forEach(target -> waiting.merge(target, 1, Integer::sum)));
        Deque<Node> free = new ArrayDeque<>();
        nodes.stream().filter(node -> !waiting.containsKey(node)).forEach(free::add);
        while (!free.isEmpty()) {
            for (Node target : edges.getOrDefault(free.remove(), Set.of())) {
                if (waiting.merge(target, -1, Integer::sum) == 0) {
                    waiting.remove(target);
                    free.add(target);
                }
            }
        }
        return waiting.keySet().stream().map(node -> node.number).sorted().toList();
    }
}
