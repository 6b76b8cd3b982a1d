package io.skyport.sql;

import io.skyport.error.SkyportException;
import io.skyport.error.SqlPosition;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Finds the place in the client's text that a place in the engine SQL was made from: engine SQL offset to position of
 * the node printed there.
 */
public final class SourceMap {

    public static final SourceMap EMPTY = new SourceMap(Map.of());

    private final NavigableMap<Integer, SqlPosition> positions;

    public SourceMap(Map<Integer, SqlPosition> positions) {
        this.positions = new TreeMap<>(positions);
    }

    /** The failure with the client's position in place of the engine's; without a position if none is known. */
    SkyportException located(SkyportException failure, String engineSql, String text) {
        return failure.position()
                .map(position -> offset(engineSql, position))
                .map(positions::floorEntry)
                .map(entry -> new SkyportException(failure.code(), failure.text(), entry.getValue(), failure))
                .orElseGet(() -> new SkyportException(failure.code(), failure.text(), null, failure));
    }

    /** The same for engine SQL that begins after {@code characters} more. */
    SourceMap shifted(int characters) {
        Map<Integer, SqlPosition> moved = new TreeMap<>();
        positions.forEach((offset, position) -> moved.put(offset + characters, position));
        return new SourceMap(moved);
    }

    /** The same for engine SQL that is longer from some offsets on, by as much as is given for the last of them. */
    SourceMap shifted(Map<Integer, Integer> shifts) {
        NavigableMap<Integer, Integer> byOffset = new TreeMap<>(shifts);
        Map<Integer, SqlPosition> moved = new TreeMap<>();
        positions.forEach((offset, position) -> {
            Map.Entry<Integer, Integer> shift = byOffset.floorEntry(offset);
            moved.put(shift == null ? offset : offset + shift.getValue(), position);
        });
        return new SourceMap(moved);
    }

    static int offset(String text, SqlPosition position) {
        int offset = 0;
        for (int line = 1; line < position.line(); line++) {
            offset = text.indexOf('\n', offset) + 1;
        }
        return offset + position.column() - 1;
    }
}
