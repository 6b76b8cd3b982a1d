package io.skyport.catalog;

import io.skyport.catalog.Table.ExternalLocation;
import io.skyport.engine.Connections;
import io.skyport.engine.MetadataRow;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/** The files that external tables read in place of files that the engine cannot read. */
public final class ExternalCopies {

    private static final String MARKED =
            "SELECT sql FROM duckdb_views() WHERE NOT internal AND contains(sql, '\"" + ExternalMarker.NAME + "\"')";

    private ExternalCopies() {}

    /** The names of the files, without their directories, of all databases that are open. */
    public static Set<String> names(Connections engine) {
        Set<String> names = new HashSet<>();
        MetadataRow.forEach(
                engine,
                MARKED,
                row -> ExternalMarker.withCopy(row.text(0))
                        .map(ExternalLocation::copy)
                        .filter(Objects::nonNull)
                        .ifPresent(copy -> names.add(Path.of(copy).getFileName().toString())));
        return names;
    }
}
