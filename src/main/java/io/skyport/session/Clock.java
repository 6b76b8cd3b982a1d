package io.skyport.session;

import io.skyport.engine.Connections;
import io.skyport.engine.MetadataRow;
import io.skyport.sql.SqlContext;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The time of a transaction, which is the same for all its statements, also when the engine's transaction is begun anew. Used
 * by one thread at a time.
 */
final class Clock {

    private final Connections transaction;
    /** As the engine writes it; null before it is asked for. */
    private @Nullable String now;

    /** @param transaction the engine's open one */
    Clock(Connections transaction) {
        this.transaction = transaction;
    }

    /** Asks the engine, which tells the time of its transaction, and later of another one when that is begun anew. */
    String now() {
        String known = now;
        if (known == null) {
            StringBuilder asked = new StringBuilder();
            MetadataRow.forEach(transaction, "SELECT CAST(now() AS VARCHAR)", row -> asked.append(row.text(0)));
            known = asked.toString();
            now = known;
        }
        return known;
    }

    /** The context in which it is always that time. */
    SqlContext stopped(SqlContext context) {
        Map<String, String> settings = new HashMap<>(context.settings());
        settings.put(SqlContext.NOW, now());
        return context.withSettings(settings);
    }
}
