package io.skyport.sql.print;

import io.skyport.catalog.ObjectName;
import io.skyport.error.SqlPosition;
import io.skyport.sql.dialect.EngineNames;
import io.skyport.sql.text.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Collects engine SQL and remembers what each part was made from. */
final class EngineWriter {

    private final StringBuilder sql = new StringBuilder();
    private final NavigableMap<Integer, SqlPosition> positions = new TreeMap<>();
    private final List<Hole> holes = new ArrayList<>();
    private final List<EngineText.Span> queries = new ArrayList<>();
    private final int[] counts = new int[Hole.Kind.values().length];

    /** What is written next was made from what stands at {@code pos}. */
    EngineWriter at(SqlParserPos pos) {
        if (pos.getLineNum() > 0) {
            positions.put(sql.length(), SqlText.position(pos));
        }
        return this;
    }

    /** Text that needs no quoting. */
    EngineWriter sql(String text) {
        sql.append(text);
        return this;
    }

    EngineWriter name(String name) {
        sql.append(EngineNames.quoted(name));
        return this;
    }

    EngineWriter name(ObjectName name) {
        sql.append(EngineNames.quoted(name));
        return this;
    }

    EngineWriter literal(String text) {
        sql.append(EngineNames.literal(text));
        return this;
    }

    EngineWriter parameter(int index) {
        return hole(Hole.Kind.PARAMETER, index, "");
    }

    EngineWriter hole(Hole.Kind kind, int index, String detail) {
        holes.add(new Hole(sql.length(), kind, index, detail));
        return this;
    }

    /** The index of the next hole of a kind. */
    int next(Hole.Kind kind) {
        return counts[kind.ordinal()]++;
    }

    /** How many holes were left so far. */
    int holes() {
        return holes.size();
    }

    /**
     * What was written since {@code start} is a column without a name, whose label the engine must be told if its SQL
     * differs from the client's.
     *
     * @param firstHole how many holes were left before it
     * @param source the client's text
     */
    EngineWriter label(int start, int firstHole, String source) {
        if (holes.subList(firstHole, holes.size()).stream().anyMatch(EngineWriter::changesLabel)) {
            int index = next(Hole.Kind.LABEL_START);
            holes.add(firstHole, new Hole(start, Hole.Kind.LABEL_START, index, ""));
            hole(Hole.Kind.LABEL_END, index, source);
        }
        return this;
    }

    private static boolean changesLabel(Hole hole) {
        return switch (hole.kind()) {
            case DIVISION, SUM_START, TEXT_START -> true;
            default -> false;
        };
    }

    /** How many characters were written so far. */
    int length() {
        return sql.length();
    }

    /** What was written since {@code start} is a query. */
    void query(int start) {
        query(start, null);
    }

    /** What was written since {@code start} is the body of a macro, or a query if {@code frame} is null. */
    void query(int start, EngineText.@Nullable Frame frame) {
        queries.add(new EngineText.Span(start, sql.length(), frame));
    }

    /** {@code ("a", "b")} */
    EngineWriter names(SqlNodeList names) {
        return list("(", names, name -> at(name.getParserPosition()).name(Printer.simple(name)), ")");
    }

    EngineWriter list(String open, Iterable<? extends SqlNode> nodes, Consumer<SqlNode> print, String close) {
        sql(open);
        String separator = "";
        for (SqlNode node : nodes) {
            sql(separator);
            print.accept(node);
            separator = ", ";
        }
        return sql(close);
    }

    EngineText text() {
        return new EngineText(sql.toString(), positions, holes, queries);
    }
}
