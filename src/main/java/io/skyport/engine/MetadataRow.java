package io.skyport.engine;

import java.util.List;
import java.util.function.Consumer;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.jspecify.annotations.Nullable;

/** A row of one of the engine's metadata functions, read in place: valid only while it is handed out. Columns count from 0. */
public final class MetadataRow {
    private final VectorSchemaRoot root;
    private final int index;

    private MetadataRow(VectorSchemaRoot root, int index) {
        this.root = root;
        this.index = index;
    }

    /** Hands each row of the query out, in order, on the calling thread. */
    public static void forEach(Connections engine, String query, Consumer<MetadataRow> row) {
        forEach(engine, query, List.of(), row);
    }

    /** The same of a query with parameters. */
    public static void forEach(Connections engine, String query, List<?> parameters, Consumer<MetadataRow> row) {
        try (EngineStream stream = engine.acquire().query(query, parameters)) {
            while (stream.loadNextBatch()) {
                VectorSchemaRoot root = stream.root();
                for (int i = 0; i < root.getRowCount(); i++) {
                    row.accept(new MetadataRow(root, i));
                }
            }
        }
    }

    public boolean isNull(int column) {
        return vector(column).isNull(index);
    }

    public String text(int column) {
        return String.valueOf(((VarCharVector) vector(column)).getObject(index));
    }

    public @Nullable String textOrNull(int column) {
        return isNull(column) ? null : text(column);
    }

    public boolean flag(int column) {
        return !isNull(column) && ((BitVector) vector(column)).get(index) != 0;
    }

    public List<String> texts(int column) {
        List<?> elements = isNull(column) ? List.of() : ((ListVector) vector(column)).getObject(index);
        return elements.stream().map(String::valueOf).toList();
    }

    private FieldVector vector(int column) {
        return root.getVector(column);
    }
}
