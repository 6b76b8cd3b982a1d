package io.skyport.flydb.server;

import io.skyport.flydb.message.ColumnMetadata;
import io.skyport.flydb.message.Message;
import io.skyport.flydb.message.MsgMetadataResult;
import io.skyport.flydb.message.RowList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of names and what is known of them: as objects, as in the guide, or as arrays, as FlyDB's own server has them. */
final class MetadataRows {

    private static final String TEXT = "VARCHAR";
    private static final int TEXT_CODE = 12;
    private static final String WHOLE = "INTEGER";
    private static final int WHOLE_CODE = 4;
    private static final String TRUTH = "BOOLEAN";
    private static final int TRUTH_CODE = -7;

    private final List<String> names;
    private final Map<String, String> alsoNamed;
    private final List<List<@Nullable Object>> rows = new ArrayList<>();

    MetadataRows(List<String> names) {
        this(names, Map.of());
    }

    /** @param alsoNamed the guide's names of columns that ODBC names otherwise; objects have both */
    MetadataRows(List<String> names, Map<String, String> alsoNamed) {
        this.names = names;
        this.alsoNamed = alsoNamed;
    }

    void add(@Nullable Object... values) {
        rows.add(Arrays.asList(values));
    }

    Message message(boolean inArrays) {
        List<?> written = inArrays ? rows : rows.stream().map(this::object).toList();
        return new MsgMetadataResult(true, columns(), new RowList(written), rows.size(), null);
    }

    private Map<String, @Nullable Object> object(List<@Nullable Object> row) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            object.put(name, row.get(i));
            if (alsoNamed.containsKey(name)) {
                object.put(alsoNamed.get(name), row.get(i));
            }
        }
        return object;
    }

    private List<ColumnMetadata> columns() {
        List<ColumnMetadata> columns = new ArrayList<>();
        for (String name : names) {
            columns.add(column(columns.size(), name));
        }
        return columns;
    }

    private ColumnMetadata column(int index, String name) {
        Object sample = rows.stream()
                .<Object>mapMulti((row, found) -> {
                    if (row.get(index) != null) {
                        found.accept(row.get(index));
                    }
                })
                .findFirst()
                .orElse("");
        if (sample instanceof Integer) {
            return ColumnMetadata.of(index, name, WHOLE, WHOLE_CODE);
        }
        return sample instanceof Boolean
                ? ColumnMetadata.of(index, name, TRUTH, TRUTH_CODE)
                : ColumnMetadata.of(index, name, TEXT, TEXT_CODE);
    }
}
