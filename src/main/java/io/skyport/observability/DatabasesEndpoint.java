package io.skyport.observability;

import io.skyport.catalog.Catalog;
import io.skyport.catalog.Database;
import io.skyport.catalog.Table;
import io.skyport.catalog.TableKind;
import io.skyport.engine.EngineGauges;
import java.util.List;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** {@code /actuator/databases}: which there are, what is in them and how large they are. */
@Endpoint(id = "databases")
final class DatabasesEndpoint {

    private final Catalog catalog;
    private final EngineGauges engine;

    DatabasesEndpoint(Catalog catalog, EngineGauges engine) {
        this.catalog = catalog;
        this.engine = engine;
    }

    /** All, by name. */
    record Listed(List<Listed.Item> databases) {

        /** @param bytes of its files, write-ahead log included */
        record Item(String name, long bytes, int schemas, long tables, long views) {}
    }

    @ReadOperation
    Listed all() {
        Map<String, Long> sizes = engine.databaseSizes();
        return new Listed(catalog.snapshot().databases().stream()
                .map(database -> item(database, sizes.getOrDefault(database.name(), 0L)))
                .toList());
    }

    private static Listed.Item item(Database database, long bytes) {
        List<Table> tables = database.schemas().stream()
                .flatMap(schema -> schema.tables().stream())
                .toList();
        long views =
                tables.stream().filter(table -> table.kind() == TableKind.VIEW).count();
        return new Listed.Item(database.name(), bytes, database.schemas().size(), tables.size() - views, views);
    }
}
