package io.skyport.session;

import io.skyport.engine.Connections;
import io.skyport.engine.MetadataRow;
import java.util.HashMap;
import java.util.Map;

/**
 * How far the sequences are that a transaction uses. The engine never takes a value back, but a sequence that the transaction
 * itself made begins at its start again when the transaction is begun anew. Used by one thread at a time.
 */
final class Sequences {

    /** Values that were given out. */
    private static final String GIVEN = """
            SELECT '"' || replace(database_name, '"', '""') || '"."' || replace(schema_name, '"', '""') || '"."'
                    || replace(sequence_name, '"', '""') || '"',
                CAST(CASE WHEN last_value IS NULL THEN 0 ELSE (last_value - start_value) // increment_by + 1 END AS VARCHAR)
            FROM duckdb_sequences()""";

    private final Connections transaction;
    private final Map<String, Long> given = new HashMap<>();

    Sequences(Connections transaction) {
        this.transaction = transaction;
    }

    /** Remembers how far they are. */
    void note() {
        given.putAll(now());
    }

    /** Lets those that begin at their start again go on from where they were. */
    void restore() {
        now().forEach((sequence, values) -> {
            long missing = given.getOrDefault(sequence, 0L) - values;
            if (missing > 0) {
                String draw = "SELECT CAST(max(nextval('" + sequence.replace("'", "''") + "')) AS VARCHAR) FROM range("
                        + missing + ")";
                MetadataRow.forEach(transaction, draw, row -> {});
            }
        });
    }

    private Map<String, Long> now() {
        Map<String, Long> now = new HashMap<>();
        MetadataRow.forEach(transaction, GIVEN, row -> now.put(row.text(0), Long.parseLong(row.text(1))));
        return now;
    }
}
