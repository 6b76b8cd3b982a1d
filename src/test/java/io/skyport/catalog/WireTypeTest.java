package io.skyport.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.engine.DuckDbEngine;
import io.skyport.engine.Engine;
import io.skyport.engine.EngineConnection;
import io.skyport.engine.EngineProperties;
import io.skyport.engine.EngineStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the table of types against what the engine really exports. */
class WireTypeTest {

    @TempDir
    private static Path data;

    private static Engine engine;
    private static BufferAllocator allocator;

    @BeforeAll
    static void open() {
        allocator = new RootAllocator();
        engine = new DuckDbEngine(data, EngineProperties.defaults(), allocator);
        try (EngineConnection connection = engine.acquire()) {
            connection.update("CREATE TYPE mood AS ENUM ('happy', 'it''s')", List.of());
        }
    }

    @AfterAll
    static void close() {
        engine.close();
        allocator.close();
    }

    static Stream<String> types() {
        List<String> scalars = Stream.of(ScalarType.values())
                .map(row -> SqlTypes.of(row).name())
                .toList();
        return Stream.of(
                        scalars.stream(),
                        scalars.stream().map(type -> type + "[]"),
                        scalars.stream().map(type -> type + "[2]"),
                        scalars.stream().map(type -> "STRUCT(a " + type + ", \"b c\" INTEGER)"),
                        scalars.stream().map(type -> "MAP(" + type + ", " + type + ")"),
                        Stream.of(
                                "DECIMAL(4,1)",
                                "DECIMAL(9,9)",
                                "DECIMAL(38,38)",
                                "ENUM('happy', 'it''s')",
                                "mood",
                                "mood[]",
                                "UNION(k INTEGER, u UUID)",
                                "UNION(k INTEGER, u UUID)[]",
                                "INTEGER[][3][]",
                                "MAP(STRUCT(a UUID), MAP(INTEGER, HUGEINT[]))",
                                "STRUCT(\"select\" STRUCT(\"q\"\"x\" BIT[2]), \"ünï\" TIME_NS)"))
                .flatMap(types -> types);
    }

    @ParameterizedTest
    @MethodSource("types")
    void every_types_wire_cast_exports_the_announced_field(String name) {
        SqlType type = SqlType.parse(name);

        Field exported =
                export("CAST(CAST(NULL AS " + name + ") AS " + type.wireType().name() + ")");

        assertThat(exported).isEqualTo(type.arrowField("x", true, Map.of()));
    }

    @ParameterizedTest
    @MethodSource("types")
    void only_types_that_need_it_are_cast(String name) {
        SqlType type = SqlType.parse(name);
        if (type.wireType().equals(type)) {
            assertThat(export("CAST(NULL AS " + name + ")")).isEqualTo(type.arrowField("x", true, Map.of()));
        }
    }

    @ParameterizedTest
    @MethodSource("values")
    void values_without_a_type_name_export_the_announced_field_too(String value) {
        SqlType type = SqlType.parse(describe(value));

        assertThat(export("CAST(" + value + " AS " + type.wireType().name() + ")"))
                .isEqualTo(type.arrowField("x", true, Map.of()));
    }

    static Stream<String> values() {
        return Stream.of(
                "row(1, uuid())", "[row('a', 1::HUGEINT)]", "NULL", "[]", "[NULL]", "{'a': NULL}", "'happy'::mood");
    }

    @ParameterizedTest
    @MethodSource("types")
    void the_engine_reads_and_writes_our_names(String name) {
        String written = SqlType.parse(name).name();

        assertThat(SqlType.parse(text("SELECT typeof(CAST(NULL AS " + written + "))"))
                        .wireType())
                .isEqualTo(SqlType.parse(name).wireType());
    }

    private static String describe(String expression) {
        try (EngineConnection connection = engine.acquire()) {
            return connection.describe("SELECT " + expression).columns().get(0).typeName();
        }
    }

    private static String text(String query) {
        try (EngineStream stream = engine.acquire().query(query, List.of())) {
            assertThat(stream.loadNextBatch()).isTrue();
            return String.valueOf(((VarCharVector) stream.root().getVector(0)).getObject(0));
        }
    }

    private static Field export(String expression) {
        try (EngineStream stream = engine.acquire().query("SELECT " + expression + " AS x", List.of())) {
            assertThat(stream.loadNextBatch()).isTrue();
            return withoutMetadata(stream.schema().getFields().get(0));
        }
    }

    /** Clients do not compare field metadata. */
    private static Field withoutMetadata(Field field) {
        return new Field(
                field.getName(),
                new FieldType(field.isNullable(), field.getType(), field.getDictionary()),
                field.getChildren().stream().map(WireTypeTest::withoutMetadata).toList());
    }
}
