package io.skyport.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.skyport.catalog.Catalog;
import io.skyport.catalog.EngineCatalog;
import io.skyport.catalog.SqlType;
import io.skyport.engine.AllowedDirectories;
import io.skyport.engine.DuckDbEngine;
import io.skyport.engine.EngineColumn;
import io.skyport.engine.EngineConnection;
import io.skyport.engine.EngineProperties;
import io.skyport.engine.EngineStream;
import io.skyport.error.SkyportException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A compiler over an engine on an empty data directory, and ways to run what it makes. */
abstract class CompilerTestBase {

    static final SqlContext CONTEXT = new SqlContext("default", "main", Map.of());

    @TempDir
    Path directory;

    final BufferAllocator allocator = new RootAllocator();
    DuckDbEngine engine;
    Catalog catalog;
    SqlCompiler compiler;

    @BeforeEach
    void open() {
        engine = new DuckDbEngine(data(), EngineProperties.defaults().allowing(directory), allocator);
        catalog = new EngineCatalog(engine);
        compiler =
                new SqlCompiler(catalog, engine, new AllowedDirectories(List.of(directory)), SqlProperties.defaults());
    }

    /** Where the databases are. */
    Path data() {
        return directory.resolve("data");
    }

    @AfterEach
    void close() {
        engine.close();
        assertThat(allocator.getAllocatedMemory()).isZero();
        allocator.close();
    }

    CompiledStatement compile(String text) {
        return compiler.compile(text, CONTEXT);
    }

    SkyportException failure(String text) {
        return catchThrowableOfType(SkyportException.class, () -> compile(text));
    }

    /** Compiles and runs DML and DDL. */
    long run(String text, @Nullable Object... parameters) {
        CompiledStatement statement = compile(text);
        try (EngineConnection connection = engine.acquire()) {
            statement.companions().before().forEach(companion -> connection.update(companion.sql(), List.of()));
            long count = statement.preparation() instanceof Preparation.UseDatabase use
                    ? connection.updateIn(use.database(), use.schema(), statement.engineSql())
                    : connection.update(statement.engineSql(), Arrays.asList(parameters));
            statement.companions().after().forEach(companion -> connection.update(companion.sql(), List.of()));
            return count;
        } catch (SkyportException failure) {
            throw statement.located(failure);
        } finally {
            if (statement.kind() == StatementKind.DDL) {
                catalog.changed();
            }
        }
    }

    /** Compiles and runs a query: its rows, each value as text. */
    List<List<@Nullable String>> rows(String text, @Nullable Object... parameters) {
        return engineRows(compile(text).engineSql(), parameters);
    }

    List<List<@Nullable String>> engineRows(String engineSql, @Nullable Object... parameters) {
        try (EngineStream stream = engine.acquire().query(engineSql, Arrays.asList(parameters))) {
            return rows(stream);
        }
    }

    static List<List<@Nullable String>> rows(EngineStream stream) {
        List<List<@Nullable String>> rows = new ArrayList<>();
        while (stream.loadNextBatch()) {
            for (int row = 0; row < stream.root().getRowCount(); row++) {
                List<@Nullable String> values = new ArrayList<>();
                for (FieldVector vector : stream.root().getFieldVectors()) {
                    Object value = vector.getObject(row);
                    values.add(value instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(value));
                }
                rows.add(values);
            }
        }
        return rows;
    }

    static List<String> labels(CompiledStatement statement) {
        return statement.columns().stream().map(ResultColumn::name).toList();
    }

    /** The engine's types of the same text: a sum of integers is BIGINT here and HUGEINT there. */
    static List<String> types(List<EngineColumn> engine, CompiledStatement statement) {
        List<String> types = new ArrayList<>();
        for (int i = 0; i < engine.size(); i++) {
            String type = SqlType.parse(engine.get(i).typeName()).name();
            boolean sum = type.equals("HUGEINT")
                    && statement.columns().get(i).type().name().equals("BIGINT");
            types.add(sum ? "BIGINT" : type);
        }
        return types;
    }

    /** The engine's columns of a text, with the engine's types. */
    static List<ResultColumn> columns(List<EngineColumn> engine) {
        return engine.stream()
                .map(column -> new ResultColumn(column.name(), SqlType.parse(column.typeName()), null))
                .toList();
    }

    static List<String> types(CompiledStatement statement) {
        return statement.columns().stream().map(column -> column.type().name()).toList();
    }
}
