package io.skyport.flydb.message;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows in memory.
 *
 * @param rows each a list of values or a map from names to values; values are texts, numbers, booleans, nulls, lists and maps
 */
public record RowList(List<?> rows) implements Rows {

    public RowList {
        rows = Collections.unmodifiableList(new ArrayList<>(rows));
    }

    /** The rows of a field; null if it is not there. */
    static @Nullable RowList read(JsonFields fields, String name) {
        return fields.value(name) == null ? null : new RowList(fields.values(name));
    }

    @Override
    public Written writeTo(JsonGenerator json) throws IOException {
        for (Object row : rows) {
            Json.value(json, row);
        }
        return new Written(rows.size(), null);
    }
}
