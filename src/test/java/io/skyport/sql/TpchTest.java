package io.skyport.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.catalog.Catalog;
import io.skyport.catalog.EngineCatalog;
import io.skyport.engine.AllowedDirectories;
import io.skyport.engine.DuckDbEngine;
import io.skyport.engine.EngineColumn;
import io.skyport.engine.EngineConnection;
import io.skyport.engine.EngineProperties;
import io.skyport.engine.EngineStream;
import io.skyport.sql.print.EngineText;
import io.skyport.sql.print.Form;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The 22 queries of TPC-H, at scale factor 0.1 or that of the build's profile: compiled, they give the engine's own answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TpchTest {

    private static final double SCALE = Double.parseDouble(System.getProperty("tpch.scale", "0.1"));
    private static final int VIEW_QUERY = 15;
    private static final SqlContext CONTEXT = new SqlContext("default", "main", Map.of());

    private final BufferAllocator allocator = new RootAllocator();
    private DuckDbEngine engine;
    private SqlCompiler compiler;

    @BeforeAll
    void generate(@TempDir Path directory) throws IOException {
        engine = new DuckDbEngine(
                directory.resolve("data"), EngineProperties.defaults().allowing(directory), allocator);
        Catalog catalog = new EngineCatalog(engine);
        compiler = new SqlCompiler(catalog, engine, new AllowedDirectories(List.of()), SqlProperties.defaults());
        for (TpchTable<?> table : TpchTable.getTables()) {
            update(compiler.compile(definition(table), CONTEXT).engineSql());
            load(table, directory.resolve(table.getTableName() + ".csv"));
        }
        catalog.changed();
        update(compiler.compile(parts(VIEW_QUERY)[0], CONTEXT).engineSql());
        catalog.changed();
    }

    @AfterAll
    void close() {
        engine.close();
        allocator.close();
    }

    private static String definition(TpchTable<?> table) {
        return table.getColumns().stream()
                .map(column -> column.getColumnName() + " "
                        + type(column.getType().getBase().name(), column.getColumnName()))
                .collect(Collectors.joining(", ", "CREATE TABLE " + table.getTableName() + " (", ")"));
    }

    /** As the specification has them: money and quantities are decimals. */
    private static String type(String base, String column) {
        return switch (base) {
            case "IDENTIFIER" -> "BIGINT";
            case "INTEGER" -> "INTEGER";
            case "DATE" -> "DATE";
            case "DOUBLE" -> "DECIMAL(15,2)";
            default -> "VARCHAR";
        };
    }

    private void load(TpchTable<?> table, Path file) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            for (TpchEntity row : table.createGenerator(SCALE, 1, 1)) {
                writer.write(row.toLine());
                writer.newLine();
            }
        }
        String name = "\"default\".\"main\".\"" + table.getTableName() + "\"";
        update("INSERT INTO " + name + " SELECT * EXCLUDE (behind) FROM read_csv('" + file
                + "', delim = '|', header = false, quote = '', names = "
                + table.getColumns().stream()
                        .map(column -> "'" + column.getColumnName() + "'")
                        .collect(Collectors.joining(", ", "[", ", 'behind'])")));
        Files.delete(file);
    }

    private void update(String engineSql) {
        try (EngineConnection connection = engine.acquire()) {
            connection.update(engineSql, List.of());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22})
    void a_query_gives_the_engines_own_answer(int number) throws IOException {
        String text = query(number);
        CompiledStatement statement = compiler.compile(text, CONTEXT);
        List<List<@Nullable String>> rows;
        try (EngineStream stream = engine.acquire().query(statement.engineSql(), List.of())) {
            rows = CompilerTestBase.rows(stream);
        }
        EngineConnection connection = engine.acquire();
        connection.update("USE \"default\"", List.of());
        List<EngineColumn> columns = connection.describe(text).columns();
        assertThat(CompilerTestBase.labels(statement))
                .isEqualTo(columns.stream().map(EngineColumn::name).toList());
        assertThat(CompilerTestBase.types(statement)).isEqualTo(CompilerTestBase.types(columns, statement));
        Typing.Typed direct = new Typing.Typed(
                new EngineText.Filled(text, SourceMap.EMPTY),
                Form.PLAIN,
                List.of(),
                new io.skyport.engine.StatementDescription(columns, List.of()));
        try (EngineStream stream = connection.query(
                WireQuery.of(direct, CompilerTestBase.columns(columns)).sql(), List.of())) {
            assertThat(rows).isNotEmpty().isEqualTo(CompilerTestBase.rows(stream));
        }
    }

    /** Query 15 is a view and a query over it. */
    private static String query(int number) throws IOException {
        String[] parts = parts(number);
        return parts[parts.length - 1];
    }

    private static String[] parts(int number) throws IOException {
        try (InputStream in = TpchTest.class.getResourceAsStream("/io/trino/tpch/queries/q" + number + ".sql")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .strip()
                    .split(";\\s*(\\n|$)");
        }
    }
}
