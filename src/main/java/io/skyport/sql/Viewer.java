package io.skyport.sql;

import io.skyport.sql.dialect.EngineNames;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Who runs a statement whose rows depend on that. Compiled statements are shared, so what stands in their engine SQL is nobody's name;
 * each session puts its user's there before it runs one. What is run without that shows nobody's rows.
 */
public final class Viewer {

    /** Stands for the name; a literal, which no text of a client contains. */
    public static final String MARK = EngineNames.literal("skyport:viewer:" + UUID.randomUUID());

    private final String name;

    Viewer(String user) {
        this.name = EngineNames.literal(user);
    }

    String in(String sql) {
        return sql.replace(MARK, name);
    }

    SourceMap moved(SourceMap map, String sql) {
        Map<Integer, Integer> shifts = new TreeMap<>();
        int shift = 0;
        for (int at = sql.indexOf(MARK); at >= 0; at = sql.indexOf(MARK, at + MARK.length())) {
            shift += name.length() - MARK.length();
            shifts.put(at + MARK.length(), shift);
        }
        return map.shifted(shifts);
    }

    Companions in(Companions companions) {
        return new Companions(in(companions.before()), in(companions.repeated()), in(companions.after()));
    }

    private List<EngineStatement> in(List<EngineStatement> statements) {
        return statements.stream()
                .map(each ->
                        new EngineStatement(in(each.sql()), moved(each.sourceMap(), each.sql()), each.parameters()))
                .toList();
    }
}
