package io.skyport.flydb.server;

import io.skyport.catalog.ObjectName;
import io.skyport.catalog.SqlType;
import io.skyport.flydb.message.ColumnMetadata;
import io.skyport.sql.ResultColumn;
import java.util.ArrayList;
import java.util.List;

/** Columns of results as this protocol describes them. */
final class Columns {

    private Columns() {}

    static List<ColumnMetadata> of(List<ResultColumn> columns) {
        List<ColumnMetadata> metadata = new ArrayList<>(columns.size());
        for (ResultColumn column : columns) {
            metadata.add(of(metadata.size(), column));
        }
        return metadata;
    }

    private static ColumnMetadata of(int index, ResultColumn column) {
        SqlType type = column.type();
        return new ColumnMetadata(
                index,
                column.name(),
                column.name(),
                type.name(),
                type.xdbcType(),
                type.precision(),
                type.scale(),
                type.displaySize(),
                true,
                false,
                column.table().isEmpty(),
                column.table().map(ObjectName::name).orElse(""),
                column.table().map(ObjectName::schema).orElse(""));
    }
}
