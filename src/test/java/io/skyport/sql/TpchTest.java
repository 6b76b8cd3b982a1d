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
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
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
                java.util.Set.of(),
                new io.skyport.engine.StatementDescription(columns, List.of()));
        try (EngineStream stream = connection.query(
                WireQuery.of(direct, CompilerTestBase.columns(columns)).sql(), List.of())) {
            assertThat(rows).isNotEmpty().isEqualTo(CompilerTestBase.rows(stream));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22})
    void a_plan_of_isthmus_gives_the_answer_of_its_query(int number) throws IOException {
        IsthmusPlans isthmus = new IsthmusPlans();
        for (TpchTable<?> table : TpchTable.getTables()) {
            Map<String, String> columns = new LinkedHashMap<>();
            table.getColumns()
                    .forEach(column -> columns.put(
                            column.getColumnName(),
                            type(column.getType().getBase().name(), column.getColumnName())
                                    .replaceAll("\\(.*", "")));
            isthmus.table(table.getTableName(), columns);
        }
        String[] parts = parts(number);
        String view = number == VIEW_QUERY ? "WITH revenue AS (" + parts[0].split("(?s) AS\\s", 2)[1] + ") " : "";
        String text = (view + query(number))
                .replaceAll("date\\('([^']*)'\\)", "date '$1'")
                .replaceAll("\\bvalue\\b", "\"value\"");

        assertAnswer(isthmus.plan(text), number);
    }

    static Stream<Arguments> plans() throws IOException {
        List<Arguments> plans = new ArrayList<>();
        for (String producer : List.of("datafusion", "duckdb", "ibis")) {
            for (int number = 1; number <= 22; number++) {
                String plan = "/substrait/" + producer + "/q" + number + ".bin";
                if (TpchTest.class.getResource(plan) != null) {
                    plans.add(Arguments.of(plan, number));
                }
            }
        }
        return plans.stream();
    }

    @ParameterizedTest
    @MethodSource("plans")
    void a_plan_of_another_program_gives_the_answer_of_its_query(String plan, int number) throws IOException {
        try (InputStream in = TpchTest.class.getResourceAsStream(plan)) {
            assertAnswer(Objects.requireNonNull(in).readAllBytes(), number);
        }
    }

    private void assertAnswer(byte[] plan, int number) throws IOException {
        CompiledStatement statement = compiler.compile(compiler.textOf(plan), CONTEXT);
        CompiledStatement query = compiler.compile(query(number), CONTEXT);

        assertThat(statement.reads().stream().filter(name -> !name.name().equals("revenue")))
                .isNotEmpty()
                .allMatch(name -> name.database().equals("default"));
        assertThat(statement.columns()).hasSameSizeAs(query.columns());
        assertThat(rows(statement)).isNotEmpty().isEqualTo(rows(query));
    }

    /** Six digits of what is no integer: plans say themselves in which types they average and divide. */
    private List<List<String>> rows(CompiledStatement statement) {
        try (EngineStream stream = engine.acquire().query(statement.engineSql(), List.of())) {
            return CompilerTestBase.rows(stream).stream()
                    .map(row -> row.stream().map(TpchTest::rounded).toList())
                    .toList();
        }
    }

    private static String rounded(@Nullable String value) {
        return value != null && value.matches("-?\\d+\\.\\d+(E-?\\d+)?")
                ? new BigDecimal(value)
                        .round(new MathContext(6))
                        .stripTrailingZeros()
                        .toPlainString()
                : String.valueOf(value);
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
