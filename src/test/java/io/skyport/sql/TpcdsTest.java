package io.skyport.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.Configured;
import io.skyport.catalog.Catalog;
import io.skyport.catalog.EngineCatalog;
import io.skyport.engine.AllowedDirectories;
import io.skyport.engine.DuckDbEngine;
import io.skyport.engine.EngineConnection;
import io.skyport.engine.EngineProperties;
import io.skyport.engine.EngineStream;
import io.skyport.engine.StatementDescription;
import io.skyport.sql.functions.EngineFunctions;
import io.skyport.sql.names.Names;
import io.skyport.sql.print.EngineText;
import io.skyport.sql.print.Form;
import io.skyport.sql.text.SqlText;
import io.skyport.sql.validate.Validation;
import io.skyport.sql.validate.Validator;
import io.skyport.tpcds.TpcdsData;
import io.skyport.tpcds.TpcdsQueries;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * All queries of TPC-DS through the compiler and straight to the engine. One thread, so that both come in the same order
 * even where ORDER BY leaves it open and LIMIT cuts.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TpcdsTest {

    private static final double SCALE = Double.parseDouble(System.getProperty("tpcds.scale", "0.01"));
    private static final Path DATA = Path.of(System.getProperty("tpc.directory", "target"));
    private static final SqlContext CONTEXT = new SqlContext("default", "main", Map.of());

    private final BufferAllocator allocator = new RootAllocator();
    private DuckDbEngine engine;
    private SqlCompiler compiler;

    @BeforeAll
    void load(@TempDir Path directory) throws IOException {
        TpcdsData data = TpcdsData.generate(DATA, SCALE);
        EngineProperties properties = EngineProperties.defaults().allowing(data.directory());
        engine = new DuckDbEngine(directory.resolve("data"), singleThreaded(properties), allocator);
        Catalog catalog = new EngineCatalog(engine);
        compiler = new SqlCompiler(
                catalog, engine, new AllowedDirectories(List.of(data.directory())), SqlProperties.defaults());
        for (String statement : data.statements()) {
            update(compiler.compile(statement, CONTEXT).engineSql());
            catalog.changed();
        }
    }

    private static EngineProperties singleThreaded(EngineProperties properties) {
        return Configured.as(
                "skyport.engine",
                EngineProperties.class,
                Map.of(
                        "skyport.engine.threads",
                        1,
                        "skyport.engine.allowed-directories",
                        properties.allowedDirectories()));
    }

    @AfterAll
    void close() {
        engine.close();
        assertThat(allocator.getAllocatedMemory()).isZero();
        allocator.close();
    }

    private void update(String engineSql) {
        try (EngineConnection connection = engine.acquire()) {
            connection.update(engineSql, List.of());
        }
    }

    private static List<String> names() {
        return TpcdsQueries.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_query_gives_the_engines_own_answer(String name) throws IOException {
        String text = TpcdsQueries.text(name);
        CompiledStatement statement = compiler.compile(text, CONTEXT);
        List<List<@Nullable String>> rows;
        try (EngineStream stream = engine.acquire().query(statement.engineSql(), List.of())) {
            rows = CompilerTestBase.rows(stream);
        }
        EngineConnection connection = engine.acquire();
        connection.update("USE \"default\"", List.of());
        // As in Skyport, where `/` divides integers as integers and anything by zero gives NULL. Not in 'N/A'.
        String direct = TpcdsQueries.engineText(name).replaceAll("(?<=\\s)/(?=\\s)", "//");
        StatementDescription description = connection.describe(direct);
        assertThat(CompilerTestBase.labels(statement))
                .isEqualTo(description.columns().stream()
                        .map(column -> column.name().replace(" // ", " / "))
                        .toList());
        assertThat(CompilerTestBase.types(statement))
                .isEqualTo(CompilerTestBase.types(description.columns(), statement));
        try (EngineStream stream = connection.query(wire(direct, description), List.of())) {
            assertThat(rows).isEqualTo(CompilerTestBase.rows(stream));
        }
    }

    /** The text as it is, its columns cast to what travels. */
    private static String wire(String text, StatementDescription description) {
        EngineText.Filled bare = new EngineText.Filled(text, SourceMap.EMPTY);
        return WireQuery.of(
                        new Typing.Typed(bare, Form.PLAIN, List.of(), java.util.Set.of(), description),
                        CompilerTestBase.columns(description.columns()))
                .sql();
    }

    @Test
    void enough_of_the_queries_find_rows_to_compare() throws IOException {
        List<String> found = new ArrayList<>();
        for (String name : names()) {
            String sql = compiler.compile(TpcdsQueries.text(name), CONTEXT).engineSql();
            try (EngineStream stream = engine.acquire().query(sql, List.of())) {
                if (!CompilerTestBase.rows(stream).isEmpty()) {
                    found.add(name);
                }
            }
        }
        assertThat(found).hasSizeGreaterThan(80);
    }

    @Test
    void the_validator_has_nothing_against_any_query() throws IOException {
        Validator validator = new Validator(new EngineFunctions(engine, new EngineCatalog(engine)));
        Names names = new Names(new EngineCatalog(engine).snapshot(), CONTEXT, new AllowedDirectories(List.of()));
        for (String name : names()) {
            Validation validation = validator.validate(SqlText.parse(TpcdsQueries.text(name)), names);
            assertThat(validation.complaint()).as(name).isNull();
        }
    }
}
