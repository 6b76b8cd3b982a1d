package io.skyport.sql.validate;

import io.skyport.catalog.CatalogSnapshot;
import io.skyport.catalog.Column;
import io.skyport.catalog.Database;
import io.skyport.catalog.Schema;
import io.skyport.catalog.Table;
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
        return CalciteSchema.createRootSchema(
                false, true, "", folder(snapshot.databases(), Database::name, SnapshotSchemas::database));
    }

    private static org.apache.calcite.schema.Schema database(Database database) {
        return folder(database.schemas(), Schema::name, SchemaView::new);
    }

    private static <T> org.apache.calcite.schema.Schema folder(
            List<T> members, Function<T, String> name, Function<T, org.apache.calcite.schema.Schema> view) {
        Map<String, org.apache.calcite.schema.Schema> views =
                members.stream().collect(Collectors.toUnmodifiableMap(name, view));
        return new AbstractSchema() {
            @Override
            protected Map<String, org.apache.calcite.schema.Schema> getSubSchemaMap() {
                return views;
            }
        };
    }

    /** A schema's tables. */
    private static final class SchemaView extends AbstractSchema {
        private final Map<String, org.apache.calcite.schema.Table> tables;

        SchemaView(Schema schema) {
            this.tables = schema.tables().stream()
                    .collect(Collectors.toUnmodifiableMap(table -> table.name().name(), TableView::new));
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
