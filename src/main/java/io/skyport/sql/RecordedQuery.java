package io.skyport.sql;

import io.skyport.catalog.MaterializedMarker;
import io.skyport.sql.dialect.EngineNames;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The query of a materialized view as it goes into the view's mark: as the statement itself runs it, which is known when
 * the engine was asked for the statement's form. Until then a companion has a placeholder, which no literal looks like.
 */
public final class RecordedQuery {

    private static final Pattern PLACEHOLDER = Pattern.compile("<query (\\d+) (\\d+)>$");

    private RecordedQuery() {}

    /**
     * Stands where the mark will.
     *
     * @param before characters of the engine SQL before the query
     * @param behind characters of the engine SQL behind it
     */
    public static String placeholder(int before, int behind) {
        return "<query " + before + " " + behind + ">";
    }

    /** The companions with the query of {@code engineSql} in place of the placeholder. */
    static Companions filled(Companions companions, String engineSql) {
        return companions.isEmpty()
                ? companions
                : new Companions(
                        filled(companions.before(), engineSql),
                        companions.repeated(),
                        filled(companions.after(), engineSql));
    }

    private static List<EngineStatement> filled(List<EngineStatement> statements, String engineSql) {
        return statements.stream()
                .map(statement -> filled(statement, engineSql))
                .toList();
    }

    private static EngineStatement filled(EngineStatement statement, String engineSql) {
        Matcher placeholder = PLACEHOLDER.matcher(statement.sql());
        if (!placeholder.find()) {
            return statement;
        }
        String query = engineSql.substring(
                Integer.parseInt(placeholder.group(1)), engineSql.length() - Integer.parseInt(placeholder.group(2)));
        String mark = EngineNames.literal(new MaterializedMarker(query, null).text());
        return new EngineStatement(statement.sql().substring(0, placeholder.start()) + mark, statement.sourceMap());
    }
}
