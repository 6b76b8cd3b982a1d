package io.skyport.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.error.ErrorCode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.ArrowWriter;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ArrowFilesTest extends EngineTestBase {

    private static final Schema SCHEMA = new Schema(
            List.of(Field.nullable("i", new ArrowType.Int(32, true)), Field.nullable("s", new ArrowType.Utf8())));

    private ArrowFiles files;

    @BeforeEach
    void createFiles() {
        files = new ArrowFiles(engine, new AllowedDirectories(List.of(allowed())), allocator);
    }

    private void file(String name, int first, int batches) throws IOException {
        try (VectorSchemaRoot root = VectorSchemaRoot.create(SCHEMA, allocator);
                FileChannel channel =
                        FileChannel.open(allowed().resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                ArrowWriter writer = new ArrowFileWriter(root, null, channel)) {
            write(root, writer, first, batches);
        }
    }

    private void stream(String name, int first, int batches) throws IOException {
        try (VectorSchemaRoot root = VectorSchemaRoot.create(SCHEMA, allocator);
                OutputStream out = Files.newOutputStream(allowed().resolve(name));
                ArrowWriter writer = new ArrowStreamWriter(root, null, out)) {
            write(root, writer, first, batches);
        }
    }

    private static void write(VectorSchemaRoot root, ArrowWriter writer, int first, int batches) throws IOException {
        writer.start();
        for (int batch = 0; batch < batches; batch++) {
            root.allocateNew();
            ((IntVector) root.getVector(0)).setSafe(0, first + batch);
            ((VarCharVector) root.getVector(1))
                    .setSafe(0, ("s" + (first + batch)).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            root.setRowCount(1);
            writer.writeBatch();
        }
        writer.end();
    }

    @Test
    void files_and_streams_become_one_parquet_file_that_is_read_through_the_sandbox() throws IOException {
        file("a.arrow", 0, 3);
        stream("b.arrows", 10, 2);
        Path parquet = files.toParquet(allowed() + "/*.arrow*");
        assertThat(parquet.getParent()).isEqualTo(data().resolve("external").toRealPath());
        assertThat(query("SELECT i, s FROM read_parquet('" + parquet + "') ORDER BY i"))
                .containsExactly(
                        List.of(0, "s0"), List.of(1, "s1"), List.of(2, "s2"), List.of(10, "s10"), List.of(11, "s11"));
        files.delete(parquet);
        files.delete(parquet);
        assertThat(parquet).doesNotExist();
    }

    @Test
    void files_of_different_schemas_are_refused_and_leave_nothing() throws IOException {
        file("a.arrow", 0, 1);
        try (VectorSchemaRoot root = VectorSchemaRoot.create(
                        new Schema(List.of(SCHEMA.getFields().get(0))), allocator);
                OutputStream out = Files.newOutputStream(allowed().resolve("b.arrow"));
                ArrowWriter writer = new ArrowStreamWriter(root, null, out)) {
            writer.start();
            writer.end();
        }
        assertThat(codeOf(() -> files.toParquet(allowed().toString()))).isEqualTo(ErrorCode.DATATYPE_MISMATCH);
        assertThat(data().resolve("external")).isEmptyDirectory();
    }

    @Test
    void a_file_that_is_not_arrow_is_refused() throws IOException {
        Files.writeString(allowed().resolve("x.arrow"), "no arrow at all, whatever its name says");
        assertThat(codeOf(() -> files.toParquet(allowed() + "/x.arrow"))).isEqualTo(ErrorCode.DATA_EXCEPTION);
        Files.writeString(allowed().resolve("y.arrow"), "ARROW1 but nothing else");
        assertThat(codeOf(() -> files.toParquet(allowed() + "/y.arrow"))).isEqualTo(ErrorCode.DATA_EXCEPTION);
    }

    @Test
    void a_file_outside_is_refused() throws IOException {
        Files.writeString(directory.resolve("secret.arrow"), "secret");
        assertThat(codeOf(() -> files.toParquet(directory + "/secret.arrow")))
                .isEqualTo(ErrorCode.INSUFFICIENT_PRIVILEGE);
        assertThat(codeOf(() -> files.delete(directory.resolve("secret.arrow"))))
                .isEqualTo(ErrorCode.INSUFFICIENT_PRIVILEGE);
        assertThat(directory.resolve("secret.arrow")).exists();
    }
}
