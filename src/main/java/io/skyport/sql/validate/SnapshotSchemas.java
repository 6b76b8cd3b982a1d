package io.skyport.sql.validate;

import io.skyport.catalog.CatalogSnapshot;
import io.skyport.catalog.Column;
import io.skyport.catalog.Database;
import io.skyport.catalog.Schema;
import io.skyport.catalog.SystemTables;
import io.skyport.catalog.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.schema.impl.AbstractTable;

/** The catalog as Calcite looks at it: databases, in them schemas, in them tables. */
final class SnapshotSchemas {

    private SnapshotSchemas() {}

    static CalciteSchema root(CatalogSnapshot snapshot) {
        return CalciteSchema.createRootSchema(false, true, "", new Folder(databases(snapshot), Map.of()));
    }

    private static Map<String, org.apache.calcite.schema.Schema> databases(CatalogSnapshot snapshot) {
        Map<String, org.apache.calcite.schema.Schema> all =
                new HashMap<>(views(snapshot.databases(), Database::name, SnapshotSchemas::database));
        Schema system = SystemTables.database().schemas().get(0);
        // Its schema need not be named.
        all.put(
                system.database(),
                new Folder(Map.of(system.name(), new Folder(Map.of(), tables(system))), tables(system)));
        return all;
    }

    private static org.apache.calcite.schema.Schema database(Database database) {
        return new Folder(
                views(database.schemas(), Schema::name, schema -> new Folder(Map.of(), tables(schema))), Map.of());
    }

    private static <T> Map<String, org.apache.calcite.schema.Schema> views(
            List<T> members, Function<T, String> name, Function<T, org.apache.calcite.schema.Schema> view) {
        return members.stream().collect(Collectors.toUnmodifiableMap(name, view));
    }

    private static Map<String, org.apache.calcite.schema.Table> tables(Schema schema) {
        return schema.tables().stream()
                .collect(Collectors.toUnmodifiableMap(table -> table.name().name(), TableView::new));
    }

    /** What holds schemas, or tables, or both. */
    private static final class Folder extends AbstractSchema {
        private final Map<String, org.apache.calcite.schema.Schema> schemas;
        private final Map<String, org.apache.calcite.schema.Table> tables;

        Folder(
                Map<String, org.apache.calcite.schema.Schema> schemas,
                Map<String, org.apache.calcite.schema.Table> tables) {
            this.schemas = schemas;
            this.tables = tables;
        }

        @Override
        protected Map<String, org.apache.calcite.schema.Schema> getSubSchemaMap() {
            return schemas;
        }

        @Override
        protected Map<String, org.apache.calcite.schema.Table> getTableMap() {
            return tables;
        }
    }

    /** A table's columns. */
    private static final class TableView extends AbstractTable {
        private final Table table;

        TableView(Table table) {
            this.table = table;
        }

        @Override
        public RelDataType getRowType(RelDataTypeFactory factory) {
            RelDataTypeFactory.Builder row = factory.builder();
            for (Column column : table.columns()) {
                row.add(column.name(), RelTypes.of(column.type(), column.nullable()));
            }
            return row.build();
        }
    }
}
