package io.skyport.flightsql;

import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a metadata command: Java values that {@link Cells} writes into vectors of the schema.
 *
 * @param rows each with one value per field
 */
record Answer(Schema schema, List<List<@Nullable Object>> rows) {

    Answer {
        rows = List.copyOf(rows);
    }
}
