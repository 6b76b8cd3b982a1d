package io.skyport.session;

import io.skyport.engine.Engine;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where bulk ingest puts rows.
 *
 * @param catalog null for the session's
 * @param schema null for the session's, or {@code main} in another catalog than its
 * @param temporary whether it is a table of the session's own, which is in the catalog {@code temp} and no other
 */
public record Ingest(
        @Nullable String catalog,
        @Nullable String schema,
        String table,
        boolean temporary,
        IfNotExists ifNotExists,
        IfExists ifExists) {

    /** What to do if there is no such table. */
    public enum IfNotExists {
        CREATE,
        FAIL
    }

    /** What to do if there is one. */
    public enum IfExists {
        FAIL,
        APPEND,
        REPLACE
    }

    /** @throws SkyportException 22023 without a table, 42P16 if something temporary is to be in a schema of a database */
    public Ingest {
        if (table.isEmpty() || table.indexOf('\0') >= 0) {
            throw new SkyportException(ErrorCode.INVALID_PARAMETER_VALUE, "ingest needs the name of a table");
        }
        temporary |= Engine.TEMPORARY_DATABASE.equalsIgnoreCase(catalog);
        if (temporary && (differs(catalog, Engine.TEMPORARY_DATABASE) || differs(schema, Engine.DEFAULT_SCHEMA))) {
            throw new SkyportException(
                    ErrorCode.INVALID_TABLE_DEFINITION, "a temporary table is in no schema of a catalog");
        }
    }

    /** As it is shown beside the texts of statements. */
    String text() {
        String place = Stream.of(catalog, schema, table)
                .filter(Objects::nonNull)
                .map(name -> '"' + name.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining("."));
        return "/* bulk ingest */ INSERT INTO " + place;
    }

    private static boolean differs(@Nullable String name, String only) {
        return name != null && !name.equalsIgnoreCase(only);
    }
}
