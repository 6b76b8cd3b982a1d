package io.skyport.sql.print;

import io.skyport.catalog.SqlType;
import io.skyport.error.SqlPosition;
import io.skyport.sql.SourceMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * Engine SQL in which parameters are still holes, and the places in the client's text that it was made from.
 *
 * @param sql without the parameters
 * @param positions by offset into {@code sql}
 * @param holes in order of their offset
 */
public record EngineText(String sql, NavigableMap<Integer, SqlPosition> positions, List<Hole> holes) {

    /** Where a parameter goes. */
    public record Hole(int offset, int parameter) {}

    /** Engine SQL that can run, with its source map. */
    public record Filled(String sql, SourceMap sourceMap) {}

    /** Writes each parameter, given by its index from 0, as {@code writing} says. */
    public Filled fill(IntFunction<String> writing) {
        StringBuilder filled = new StringBuilder(sql);
        NavigableMap<Integer, Integer> shifts = new TreeMap<>(Map.of(0, 0));
        int shift = 0;
        for (Hole hole : holes) {
            String parameter = writing.apply(hole.parameter());
            filled.insert(hole.offset() + shift, parameter);
            shift += parameter.length();
            shifts.put(hole.offset() + 1, shift);
        }
        Map<Integer, SqlPosition> moved = new HashMap<>();
        positions.forEach((offset, position) ->
                moved.put(offset + shifts.floorEntry(offset).getValue(), position));
        return new Filled(filled.toString(), new SourceMap(moved));
    }

    /** The same behind {@code prefix}. */
    public EngineText prefixed(String prefix) {
        int shift = prefix.length();
        NavigableMap<Integer, SqlPosition> moved = new TreeMap<>();
        positions.forEach((offset, position) -> moved.put(offset + shift, position));
        return new EngineText(
                prefix + sql,
                moved,
                holes.stream()
                        .map(hole -> new Hole(hole.offset() + shift, hole.parameter()))
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
        for (Hole hole : holes) {
            EngineText value = values.get(hole.parameter());
            filled.append(sql, copied, hole.offset());
            copied = hole.offset();
            value.holes().forEach(inner -> left.add(new Hole(filled.length() + inner.offset(), inner.parameter())));
            filled.append(value.sql());
        }
        filled.append(sql, copied, sql.length());
        return new EngineText(filled.toString(), new TreeMap<>(), List.copyOf(left));
    }

    /** Parameters as {@code $n}. */
    public Filled numbered() {
        return fill(EngineText::number);
    }

    /** Parameters as {@code CAST($n AS type)} where a type is given. */
    public Filled typed(Map<Integer, SqlType> types) {
        return fill(parameter -> types.containsKey(parameter)
                ? "CAST(" + number(parameter) + " AS " + types.get(parameter).name() + ")"
                : number(parameter));
    }

    /** Whether a parameter, given by its index from 0, stands in more than one place. */
    public boolean repeats(int parameter) {
        return holes.stream().filter(hole -> hole.parameter() == parameter).count() > 1;
    }

    private static String number(int parameter) {
        return "$" + (parameter + 1);
    }
}
