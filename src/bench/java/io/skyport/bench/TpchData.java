package io.skyport.bench;

import io.trino.tpch.TpchColumn;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;

/** TPC-H's tables as Parquet files, made once for a scale, and the SQL that both sides load them with. */
final class TpchData {

    private final Path directory;

    private TpchData(Path directory) {
        this.directory = directory;
    }

    /** Makes the files that are not there yet. */
    static TpchData generate(BenchSettings settings, BufferAllocator allocator) throws Exception {
        TpchData data = new TpchData(settings.directory().resolve("tpch-" + settings.scaleName()));
        Files.createDirectories(data.directory);
        Path scratch = data.directory.resolve("scratch.duckdb");
        try (DirectDuckDb duckdb = DirectDuckDb.open(scratch, settings, allocator)) {
            for (TpchTable<?> table : TpchTable.getTables()) {
                if (!Files.exists(data.file(table))) {
                    data.write(table, settings.scale(), duckdb, allocator);
                }
            }
        } finally {
            Files.deleteIfExists(scratch);
        }
        return data;
    }

    private <E extends TpchEntity> void write(
            TpchTable<E> table, double scale, DirectDuckDb duckdb, BufferAllocator allocator) throws Exception {
        Path unfinished = directory.resolve(table.getTableName() + ".unfinished");
        try (TpchReader<E> rows = new TpchReader<>(table, scale, allocator)) {
            duckdb.insert("COPY (FROM rows) TO '" + unfinished + "' (FORMAT parquet)", "rows", rows);
        }
        Files.move(unfinished, file(table), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Where the files are. */
    Path directory() {
        return directory;
    }

    private Path file(TpchTable<?> table) {
        return directory.resolve(table.getTableName() + ".parquet");
    }

    /** Creates and fills the tables. */
    void load(Contender contender) throws Exception {
        for (String statement : statements()) {
            contender.update(statement);
        }
    }

    /** Statements that create and fill the tables, in this order. */
    List<String> statements() {
        return TpchTable.getTables().stream()
                .flatMap(table -> Stream.of(
                        "CREATE TABLE " + table.getTableName() + " (" + columns(table) + ")",
                        "INSERT INTO " + table.getTableName() + " SELECT * FROM '" + file(table) + "'"))
                .toList();
    }

    private static String columns(TpchTable<?> table) {
        return table.getColumns().stream().map(TpchData::column).collect(Collectors.joining(", "));
    }

    private static String column(TpchColumn<?> column) {
        String type = switch (column.getType().getBase()) {
            case IDENTIFIER -> "BIGINT";
            case INTEGER -> "INTEGER";
            case DOUBLE -> "DECIMAL(15,2)";
            case DATE -> "DATE";
            case VARCHAR -> "VARCHAR(" + column.getType().getPrecision().orElseThrow() + ")";
        };
        boolean key = PRIMARY_KEYS.contains(column.getColumnName());
        return column.getColumnName() + " " + type + (key ? " PRIMARY KEY" : " NOT NULL");
    }

    /** Keys of one column; those of two columns serve no query here, and their indexes only make loading longer. */
    private static final List<String> PRIMARY_KEYS =
            List.of("o_orderkey", "c_custkey", "p_partkey", "s_suppkey", "n_nationkey", "r_regionkey");
}
