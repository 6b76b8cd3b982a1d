package io.skyport.sql.print;

import io.skyport.catalog.ObjectName;
import io.skyport.error.SqlPosition;
import io.skyport.sql.dialect.EngineNames;
import io.skyport.sql.print.EngineText.Hole;
import io.skyport.sql.text.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Collects engine SQL and remembers what each part was made from. */
final class EngineWriter {

    private final StringBuilder sql = new StringBuilder();
    private final NavigableMap<Integer, SqlPosition> positions = new TreeMap<>();
    private final List<Hole> holes = new ArrayList<>();

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
        holes.add(new Hole(sql.length(), index));
        return this;
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
        return new EngineText(sql.toString(), positions, List.copyOf(holes));
    }
}
