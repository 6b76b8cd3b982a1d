package io.skyport.sql.print;

import io.skyport.error.SqlPosition;
import io.skyport.sql.SourceMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Engine SQL with holes for what is not known while it is printed, and the places in the client's text that it was made
 * from.
 *
 * @param sql without what goes into the holes
 * @param positions by offset into {@code sql}
 * @param holes in order of their offset
 * @param queries the parts of {@code sql} that are queries of a statement that is none itself
 */
public record EngineText(
        String sql, NavigableMap<Integer, SqlPosition> positions, List<Hole> holes, List<Span> queries) {

    public EngineText {
        holes = List.copyOf(holes);
        queries = List.copyOf(queries);
    }

    /**
     * A part of the SQL by its offsets.
     *
     * @param frame what its names mean, if it is the body of a macro
     */
    public record Span(int start, int end, @Nullable Frame frame) {

        Span(int start, int end) {
            this(start, end, null);
        }
    }

    /**
     * The parameters of a macro.
     *
     * @param types by name in lower case; empty where the caller's argument gives it
     * @param table whether the body is a query
     */
    public record Frame(Map<String, String> types, boolean table) {

        private String argument(String name, String type) {
            String own = types.getOrDefault(name.toLowerCase(Locale.ROOT), "");
            return "CAST(NULL AS " + (own.isEmpty() ? type : own) + ")";
        }
    }

    /**
     * Engine SQL that can run, with its source map.
     *
     * @param divisions which division stands at an offset into {@code sql}
     */
    public record Filled(String sql, SourceMap sourceMap, Map<Integer, Integer> divisions) {

        public Filled(String sql, SourceMap sourceMap) {
            this(sql, sourceMap, Map.of());
        }
    }

    public Filled fill(Form form) {
        return fill(form::fill);
    }

    /** Writes each parameter, given by its index from 0, as {@code writing} says. */
    public Filled fill(Form form, IntFunction<String> writing) {
        return fill(hole -> hole.kind() == Hole.Kind.PARAMETER ? writing.apply(hole.index()) : form.fill(hole));
    }

    private Filled fill(Function<Hole, String> writing) {
        StringBuilder filled = new StringBuilder(sql.length() + 8 * holes.size());
        Map<Integer, SqlPosition> moved = new HashMap<>();
        Map<Integer, Integer> divisions = new HashMap<>();
        int from = 0;
        for (Hole hole : holes) {
            copy(filled, from, hole.offset(), moved);
            from = hole.offset();
            if (hole.kind() == Hole.Kind.DIVISION) {
                divisions.put(filled.length(), hole.index());
            }
            filled.append(writing.apply(hole));
        }
        copy(filled, from, sql.length(), moved);
        return new Filled(filled.toString(), new SourceMap(moved), divisions);
    }

    /** With columns of RETURNING cast to types, given by the column's index; null for those that stay. */
    public Filled fillReturning(Form form, IntFunction<@Nullable String> types) {
        return fill(hole -> {
            String type = switch (hole.kind()) {
                case RETURNED_START, RETURNED_END -> types.apply(hole.index());
                default -> null;
            };
            if (type == null) {
                return form.fill(hole);
            }
            return hole.kind() == Hole.Kind.RETURNED_START ? "CAST(" : " AS " + type + ")";
        });
    }

    /** The same behind {@code prefix}. */
    public EngineText prefixed(String prefix) {
        int shift = prefix.length();
        NavigableMap<Integer, SqlPosition> moved = new TreeMap<>();
        positions.forEach((offset, position) -> moved.put(offset + shift, position));
        return new EngineText(
                prefix + sql,
                moved,
                holes.stream().map(hole -> hole.moved(shift)).toList(),
                queries.stream()
                        .map(query -> new Span(query.start() + shift, query.end() + shift, query.frame()))
                        .toList());
    }

    /**
     * The same with texts in place of parameters. Positions are forgotten: those texts come from another text of the
     * client than this does.
     *
     * @param values by the parameter's index from 0; their own holes stay holes
     */
    public EngineText substituted(List<EngineText> values) {
        StringBuilder filled = new StringBuilder();
        List<Hole> left = new ArrayList<>();
        int copied = 0;
        int numbered = holes.size();
        for (Hole hole : holes) {
            filled.append(sql, copied, hole.offset());
            copied = hole.offset();
            int shift = filled.length();
            if (hole.kind() == Hole.Kind.PARAMETER) {
                EngineText value = values.get(hole.index());
                int others = numbered;
                value.holes().forEach(inner -> left.add(inner.moved(shift).renumbered(others)));
                numbered += value.holes().size();
                filled.append(value.sql());
            } else {
                left.add(hole.moved(shift - hole.offset()));
            }
        }
        filled.append(sql, copied, sql.length());
        return new EngineText(filled.toString(), new TreeMap<>(), left, List.of());
    }

    /** Positions at a hole's own offset belong to what goes into the hole: they come with the text before it. */
    private void copy(StringBuilder filled, int from, int to, Map<Integer, SqlPosition> moved) {
        int shift = filled.length() - from;
        positions.subMap(from, false, to, true).forEach((offset, position) -> moved.put(offset + shift, position));
        SqlPosition first = from == 0 ? positions.get(0) : null;
        if (first != null) {
            moved.putIfAbsent(0, first);
        }
        filled.append(sql, from, to);
    }

    /** Parameters as {@code $n}, everything else as the engine most likely means it. */
    public Filled numbered() {
        return fill(Form.PLAIN);
    }

    /** Whether a parameter, given by its index from 0, stands in more than one place. */
    public boolean repeats(int parameter) {
        return holes.stream()
                        .filter(hole -> hole.kind() == Hole.Kind.PARAMETER && hole.index() == parameter)
                        .count()
                > 1;
    }

    /** Whether there are holes of a kind. */
    public boolean has(Hole.Kind kind) {
        return holes.stream().anyMatch(hole -> hole.kind() == kind);
    }

    /** The indexes of all holes of a kind. */
    public List<Integer> all(Hole.Kind kind) {
        return holes.stream()
                .filter(hole -> hole.kind() == kind)
                .map(Hole::index)
                .distinct()
                .toList();
    }

    /** A part of this text, with the same holes. */
    public EngineText part(Span span) {
        List<Hole> inside = holes.stream()
                .filter(hole -> hole.offset() >= span.start() && hole.offset() <= span.end())
                .map(hole -> new Hole(hole.offset() - span.start(), hole.kind(), hole.index(), hole.detail()))
                .toList();
        return new EngineText(sql.substring(span.start(), span.end()), new TreeMap<>(), inside, List.of());
    }

    /** A query with the holes of a macro's body, called with arguments of {@code type} where it does not say. */
    public EngineText body(Span span, Frame frame, String type) {
        EngineText body = part(span).prefixed(frame.table() ? "" : "SELECT ");
        StringBuilder filled = new StringBuilder();
        List<Hole> left = new ArrayList<>();
        int copied = 0;
        for (Hole hole : body.holes) {
            filled.append(body.sql, copied, hole.offset());
            copied = hole.offset();
            if (hole.kind() == Hole.Kind.MACRO_PARAMETER) {
                filled.append(frame.argument(hole.detail(), type));
            } else {
                left.add(hole.moved(filled.length() - hole.offset()));
            }
        }
        filled.append(body.sql, copied, body.sql.length());
        return new EngineText(filled.toString(), new TreeMap<>(), left, List.of());
    }

    /** Columns without a name as the client wrote them, by the index of their label. */
    public Map<Integer, String> unlabelled() {
        return all(Hole.Kind.LABEL_END).stream()
                .collect(Collectors.toMap(
                        label -> label,
                        label -> part(new Span(at(Hole.Kind.LABEL_START, label), at(Hole.Kind.LABEL_END, label)))
                                .fill(Form.WRITTEN)
                                .sql()));
    }

    private int at(Hole.Kind kind, int index) {
        return IntStream.range(0, holes.size())
                .filter(i -> holes.get(i).kind() == kind && holes.get(i).index() == index)
                .map(i -> holes.get(i).offset())
                .findFirst()
                .orElseThrow();
    }
}
