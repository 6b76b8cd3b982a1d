package io.skyport.tpcds;

import io.trino.tpcds.Results;
import io.trino.tpcds.Session;
import io.trino.tpcds.Table;
import io.trino.tpcds.column.Column;
import io.trino.tpcds.column.ColumnType;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** TPC-DS's tables as Parquet files, made once for a scale, and the SQL that loads them. */
public final class TpcdsData {

    private static final List<Table> TABLES = Table.getBaseTables().stream()
            .filter(table -> table != Table.DBGEN_VERSION)
            .toList();

    private final Path directory;

    private TpcdsData(Path directory) {
        this.directory = directory;
    }

    /** Makes the files below {@code parent} that are not there yet. */
    public static TpcdsData generate(Path parent, double scale) throws IOException {
        TpcdsData data = new TpcdsData(parent.resolve("tpcds-" + scale).toAbsolutePath());
        Files.createDirectories(data.directory);
        TABLES.parallelStream().filter(table -> !Files.exists(data.file(table))).forEach(table -> {
            try {
                data.write(table, scale);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        return data;
    }

    /** Where the files are. */
    public Path directory() {
        return directory;
    }

    /** Statements that create and fill the tables, in this order. */
    public List<String> statements() {
        return statements("");
    }

    /** The same for tables whose names begin with {@code prefix}, for example {@code ds.} */
    public List<String> statements(String prefix) {
        return TABLES.stream()
                .flatMap(table -> Stream.of(
                        "CREATE TABLE " + prefix + table.getName() + " (" + columns(table, false) + ")",
                        "INSERT INTO " + prefix + table.getName() + " SELECT * FROM '" + file(table) + "'"))
                .toList();
    }

    private void write(Table table, double scale) throws IOException, SQLException {
        Path lines = directory.resolve(table.getName() + ".csv");
        Path unfinished = directory.resolve(table.getName() + ".unfinished");
        Session session = Session.getDefaultSession().withScale(scale).withTable(table);
        try (BufferedWriter writer = Files.newBufferedWriter(lines)) {
            for (List<List<String>> rows : Results.constructResults(table, session)) {
                writer.write(rows.get(0).stream()
                        .map(value -> value == null ? "" : value)
                        .collect(Collectors.joining("|", "", "\n")));
            }
        }
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute("COPY (FROM read_csv('" + lines + "', delim = '|', quote = '', escape = '',"
                    + " header = false, nullstr = '', columns = {" + columns(table, true) + "})) TO '" + unfinished
                    + "' (FORMAT parquet)");
        }
        Files.move(unfinished, file(table), StandardCopyOption.ATOMIC_MOVE);
        Files.delete(lines);
    }

    private Path file(Table table) {
        return directory.resolve(table.getName() + ".parquet");
    }

    /** As a table's definition has them, or as the CSV reader's argument. */
    private static String columns(Table table, boolean quoted) {
        return Arrays.stream(table.getColumns())
                .map((Column column) -> quoted
                        ? "'" + column.getName() + "': '" + type(column.getType()) + "'"
                        : column.getName() + " " + type(column.getType()))
                .collect(Collectors.joining(", "));
    }

    private static String type(ColumnType type) {
        return switch (type.getBase()) {
            case IDENTIFIER -> "BIGINT";
            case INTEGER -> "INTEGER";
            case DATE -> "DATE";
            case TIME -> "TIME";
            case DECIMAL ->
                "DECIMAL(" + type.getPrecision().orElseThrow() + ","
                        + type.getScale().orElseThrow() + ")";
            case CHAR, VARCHAR -> "VARCHAR";
        };
    }
}
