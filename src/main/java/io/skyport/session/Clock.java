package io.skyport.session;

import io.skyport.engine.Connections;
import io.skyport.engine.MetadataRow;
import io.skyport.sql.SqlContext;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The time of a transaction, which is the same for all its statements, also when the engine's transaction is begun anew. */
final class Clock {

    /** More texts than those that ask for it have these words. */
    private static final Pattern ASKS = Pattern.compile(
            "(?i)\\b(now|today|(get_)?current_(local)?(date|time)\\w*|transaction_timestamp|localtime\\w*)\\b");

    /** Functions made of one that asks for the time, which cannot be stopped. */
    private static final Pattern ASKS_INSIDE =
            Pattern.compile("(?i)\\b(sysdate|curtime|curdate|utc_timestamp|getdate|age)\\s*\\(");

    private Clock() {}

    /** Whether a text may ask for the time in a way that gives another one when it is run again. */
    static boolean runsOn(String text) {
        return ASKS_INSIDE.matcher(text).find();
    }

    /** Whether a text may ask for the time. */
    static boolean mayBeAsked(String text) {
        return ASKS.matcher(text).find();
    }

    /** What the open transaction of a connection takes for now. */
    static String of(Connections connections) {
        StringBuilder now = new StringBuilder();
        MetadataRow.forEach(connections, "SELECT CAST(now() AS VARCHAR)", row -> now.append(row.text(0)));
        return now.toString();
    }

    /** The context in which it is always that time. */
    static SqlContext stoppedAt(String now, SqlContext context) {
        Map<String, String> settings = new HashMap<>(context.settings());
        settings.put(SqlContext.NOW, now);
        return context.withSettings(settings);
    }
}
