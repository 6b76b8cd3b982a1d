package io.skyport.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The batches of a reader with their dictionary-encoded columns (DuckDB's ENUM) as the values they stand for; the
 * reader's own batches if there are none.
 */
final class DictionaryDecoding implements AutoCloseable {

    private final ArrowReader reader;
    private final BufferAllocator allocator;
    private final VectorSchemaRoot encoded;
    private final boolean needed;
    private Schema schema;
    private @Nullable VectorSchemaRoot decoded;

    private DictionaryDecoding(ArrowReader reader, BufferAllocator allocator) throws IOException {
        this.reader = reader;
        this.allocator = allocator;
        this.encoded = reader.getVectorSchemaRoot();
        this.schema = encoded.getSchema();
        this.needed = schema.getFields().stream().anyMatch(field -> field.getDictionary() != null);
        if (needed) {
            List<Field> fields = new ArrayList<>();
            for (Field field : schema.getFields()) {
                fields.add(decodedField(field));
            }
            this.schema = new Schema(fields, schema.getCustomMetadata());
        }
    }

    static DictionaryDecoding of(ArrowReader reader, BufferAllocator allocator) throws IOException {
        return new DictionaryDecoding(reader, allocator);
    }

    private Field decodedField(Field field) throws IOException {
        @Nullable DictionaryEncoding encoding = field.getDictionary();
        if (encoding == null) {
            return field;
        }
        Field values = dictionary(encoding).getVector().getField();
        return new Field(field.getName(), FieldType.nullable(values.getType()), values.getChildren());
    }

    private Dictionary dictionary(DictionaryEncoding encoding) throws IOException {
        @Nullable Dictionary dictionary = reader.getDictionaryVectors().get(encoding.getId());
        if (dictionary == null) {
            throw new IOException("no dictionary " + encoding.getId());
        }
        return dictionary;
    }

    Schema schema() {
        return schema;
    }

    VectorSchemaRoot root() {
        return decoded == null ? encoded : decoded;
    }

    /** Decodes the batch that the reader has just loaded. */
    boolean decode() throws IOException {
        if (!needed) {
            return true;
        }
        close();
        List<FieldVector> vectors = new ArrayList<>();
        for (int i = 0; i < encoded.getFieldVectors().size(); i++) {
            vectors.add(column(encoded.getVector(i), schema.getFields().get(i)));
        }
        decoded = new VectorSchemaRoot(schema, vectors, encoded.getRowCount());
        return true;
    }

    private FieldVector column(FieldVector vector, Field field) throws IOException {
        @Nullable DictionaryEncoding encoding = vector.getField().getDictionary();
        FieldVector named = field.createVector(allocator);
        if (encoding == null) {
            vector.makeTransferPair(named).transfer();
            return named;
        }
        try (FieldVector values = (FieldVector) DictionaryEncoder.decode(vector, dictionary(encoding), allocator)) {
            values.makeTransferPair(named).transfer();
        }
        return named;
    }

    @Override
    public void close() {
        if (decoded != null) {
            decoded.close();
            decoded = null;
        }
    }
}
