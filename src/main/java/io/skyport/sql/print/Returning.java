package io.skyport.sql.print;

import io.skyport.catalog.ObjectName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The columns that RETURNING gives. Unlike a query, a statement with RETURNING cannot stand in another one that casts its
 * columns: holes of the engine SQL stand around each.
 *
 * @param origins the table that each column comes from unchanged, else null
 * @param known whether there are holes around every column
 */
public record Returning(List<@Nullable ObjectName> origins, boolean known) {

    /** Rows of which only the engine knows the columns. */
    public static final Returning UNKNOWN = new Returning(List.of(), false);

    public Returning {
        origins = Collections.unmodifiableList(new ArrayList<>(origins));
    }
}
