package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.skyport.Configured;
import io.skyport.catalog.Catalog;
import io.skyport.catalog.EngineCatalog;
import io.skyport.catalog.ExternalCopies;
import io.skyport.engine.AllowedDirectories;
import io.skyport.engine.ArrowFiles;
import io.skyport.engine.DuckDbEngine;
import io.skyport.engine.EngineProperties;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.SqlCompiler;
import io.skyport.sql.SqlProperties;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DropExternalTableTest {

    @TempDir
    Path directory;

    private final BufferAllocator allocator = new RootAllocator();
    private final Cancellation never = new Cancellation();
    private DuckDbEngine engine;
    private ArrowFiles arrowFiles;
    private Sessions sessions;
    private Session session;

    @BeforeEach
    void open() throws IOException {
        Path data = directory.resolve("data");
        engine = new DuckDbEngine(data, EngineProperties.defaults().allowing(directory), allocator);
        Catalog catalog = new EngineCatalog(engine);
        AllowedDirectories files = new AllowedDirectories(List.of(directory));
        SqlCompiler compiler = new SqlCompiler(catalog, engine, files, SqlProperties.defaults());
        arrowFiles = new ArrowFiles(engine, files, allocator);
        sessions = new Sessions(
                new StatementRunner(
                        compiler,
                        engine,
                        new Commits(catalog, 20, Duration.ofSeconds(30)),
                        arrowFiles,
                        allocator,
                        Long.MAX_VALUE,
                        SessionListener.NONE),
                Configured.as(
                        "skyport.session", SessionProperties.class, Map.of("skyport.session.max-own-connections", 1)),
                SessionListener.NONE);
        session = sessions.session("alice", Set.of(), "1");
        writeArrowFile();
    }

    @AfterEach
    void close() {
        sessions.close();
        engine.close();
        assertThat(allocator.getAllocatedMemory()).isZero();
        allocator.close();
    }

    @Test
    void dropping_a_table_over_arrow_files_deletes_the_copy_and_leaves_the_files() throws IOException {
        session.update("CREATE EXTERNAL TABLE e STORED AS ARROW LOCATION '" + arrowFile() + "'", never);
        assertThat(copies()).isEqualTo(1);

        session.update("DROP TABLE e", never);

        assertThat(copies()).isZero();
        assertThat(arrowFile()).exists();
    }

    @Test
    void a_drop_that_fails_deletes_nothing() throws IOException {
        session.update("CREATE EXTERNAL TABLE e STORED AS ARROW LOCATION '" + arrowFile() + "'", never);
        session.update("CREATE TABLE parent (id INTEGER PRIMARY KEY)", never);
        session.update("CREATE TABLE child (id INTEGER REFERENCES parent)", never);

        SkyportException failure =
                catchThrowableOfType(SkyportException.class, () -> session.update("DROP TABLE e, parent", never));

        assertThat(failure.code()).isEqualTo(ErrorCode.DEPENDENT_OBJECTS_STILL_EXIST);
        assertThat(copies()).isEqualTo(1);
        assertThat(SessionTestBase.rows(session.execute("SELECT * FROM e", never)))
                .hasSize(1);
    }

    @Test
    void a_table_that_is_replaced_takes_its_copy_along() throws IOException {
        session.update("CREATE EXTERNAL TABLE e STORED AS ARROW LOCATION '" + arrowFile() + "'", never);

        session.update("CREATE OR REPLACE EXTERNAL TABLE e STORED AS ARROW LOCATION '" + arrowFile() + "'", never);
        assertThat(copies()).isEqualTo(1);
        assertThat(SessionTestBase.rows(session.execute("SELECT * FROM e", never)))
                .hasSize(1);

        Path csv = Files.writeString(directory.resolve("n.csv"), "n\n1\n2\n");
        session.update("CREATE OR REPLACE EXTERNAL TABLE e STORED AS CSV LOCATION '" + csv + "'", never);
        assertThat(copies()).isZero();
        assertThat(SessionTestBase.rows(session.execute("SELECT * FROM e", never)))
                .hasSize(2);
    }

    @Test
    void a_table_that_cannot_be_replaced_keeps_its_copy() throws IOException {
        session.update("CREATE EXTERNAL TABLE e STORED AS ARROW LOCATION '" + arrowFile() + "'", never);

        SkyportException failure = catchThrowableOfType(
                SkyportException.class,
                () -> session.update(
                        "CREATE OR REPLACE EXTERNAL TABLE e (nope INTEGER) STORED AS ARROW LOCATION '" + arrowFile()
                                + "'",
                        never));

        assertThat(failure.text()).contains("nope");
        assertThat(copies()).isEqualTo(1);
        assertThat(SessionTestBase.rows(session.execute("SELECT * FROM e", never)))
                .hasSize(1);
    }

    @Test
    void a_schema_takes_the_copies_of_its_tables_along() throws IOException {
        session.update("CREATE SCHEMA s", never);
        session.update("CREATE EXTERNAL TABLE s.e STORED AS ARROW LOCATION '" + arrowFile() + "'", never);
        session.update("CREATE EXTERNAL TABLE e STORED AS ARROW LOCATION '" + arrowFile() + "'", never);

        session.update("DROP SCHEMA S CASCADE", never);

        assertThat(copies()).isEqualTo(1);
        assertThat(SessionTestBase.rows(session.execute("SELECT * FROM e", never)))
                .hasSize(1);
    }

    @Test
    void a_database_takes_the_copies_of_its_tables_along() throws IOException {
        session.update("CREATE DATABASE d", never);
        session.update("CREATE SCHEMA d.s", never);
        session.update("CREATE EXTERNAL TABLE d.s.e STORED AS ARROW LOCATION '" + arrowFile() + "'", never);

        session.update("DROP DATABASE d", never);

        assertThat(copies()).isZero();
    }

    @Test
    void a_start_removes_the_copies_that_no_table_reads() throws IOException {
        session.update("CREATE DATABASE d", never);
        session.update("CREATE EXTERNAL TABLE d.e STORED AS ARROW LOCATION '" + arrowFile() + "'", never);
        Path external = directory.resolve("data").resolve("external");
        Files.writeString(external.resolve("01234567-89ab-cdef-0123-456789abcdef.parquet"), "left");
        Path other = Files.writeString(external.resolve("own.parquet"), "not ours");

        arrowFiles.keepOnly(ExternalCopies.names(engine));

        assertThat(copies()).isEqualTo(2);
        assertThat(other).exists();
        assertThat(SessionTestBase.rows(session.execute("SELECT * FROM d.e", never)))
                .hasSize(1);
    }

    private Path arrowFile() {
        return directory.resolve("numbers.arrow");
    }

    private long copies() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("data").resolve("external"))) {
            return files.count();
        }
    }

    private void writeArrowFile() throws IOException {
        try (IntVector numbers = new IntVector("n", allocator);
                FileChannel channel =
                        FileChannel.open(arrowFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            numbers.allocateNew(1);
            numbers.set(0, 42);
            numbers.setValueCount(1);
            try (ArrowFileWriter writer = new ArrowFileWriter(VectorSchemaRoot.of(numbers), null, channel)) {
                writer.start();
                writer.writeBatch();
                writer.end();
            }
        }
    }
}
