package io.skyport.session;

import io.skyport.catalog.SqlType;
import io.skyport.engine.ArrowValues;
import io.skyport.engine.StructValue;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.StatementParameter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.jspecify.annotations.Nullable;

/** Parameter rows as clients bind them: Arrow batches with one column for each parameter. */
final class ParameterRows {

    /** Of a value that is no longer than a number. */
    private static final int OBJECT_BYTES = 32;

    private ParameterRows() {}

    /** What the columns say of parameters whose type the text does not tell. */
    static Map<Integer, SqlType> types(ArrowReader reader, List<StatementParameter> parameters) {
        try {
            return GivenTypes.of(reader.getVectorSchemaRoot().getSchema(), parameters);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Reads all rows, each value fitted to its parameter's type. */
    static List<List<@Nullable Object>> read(ArrowReader reader, List<StatementParameter> parameters, long maxBytes) {
        try {
            List<List<@Nullable Object>> rows = new ArrayList<>();
            VectorSchemaRoot root = reader.getVectorSchemaRoot();
            checkCount(root, parameters);
            long bytes = 0;
            while (reader.loadNextBatch()) {
                bytes += bytes(root);
                if (bytes > maxBytes) {
                    throw new SkyportException(
                            ErrorCode.CONFIGURATION_LIMIT_EXCEEDED,
                            "The bound parameters take more than " + maxBytes
                                    + " bytes (skyport.session.max-bound-bytes)");
                }
                for (int row = 0; row < root.getRowCount(); row++) {
                    rows.add(row(root, row, parameters, reader));
                }
            }
            return rows;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * Whether there are neither columns nor rows, which is what some drivers make of an empty list of rows. Reads on if
     * there are no columns.
     */
    static boolean none(ArrowReader reader) {
        try {
            VectorSchemaRoot root = reader.getVectorSchemaRoot();
            if (!root.getFieldVectors().isEmpty()) {
                return false;
            }
            while (reader.loadNextBatch()) {
                if (root.getRowCount() > 0) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    static List<@Nullable Object> row(
            VectorSchemaRoot root, int row, List<StatementParameter> parameters, DictionaryProvider dictionaries) {
        return ParameterValues.fit(ArrowValues.row(root, row, dictionaries), parameters);
    }

    static void checkCount(VectorSchemaRoot root, List<StatementParameter> parameters) {
        int columns = root.getFieldVectors().size();
        if (columns != parameters.size()) {
            throw new SkyportException(
                    ErrorCode.PARAMETER_COUNT_MISMATCH,
                    "The statement has " + parameters.size() + " parameters, and " + columns + " were bound");
        }
    }

    static SkyportException unreadable(IOException e) {
        return new SkyportException(
                ErrorCode.PROTOCOL_VIOLATION, "The parameter rows cannot be read: " + e.getMessage(), e);
    }

    /** About how much memory rows take. */
    static long bytes(List<List<@Nullable Object>> rows) {
        return rows.stream()
                .flatMap(List::stream)
                .mapToLong(ParameterRows::bytes)
                .sum();
    }

    private static long bytes(@Nullable Object value) {
        if (value instanceof String text) {
            return OBJECT_BYTES + 2L * text.length();
        } else if (value instanceof byte[] binary) {
            return OBJECT_BYTES + binary.length;
        } else if (value instanceof Collection<?> values) {
            return OBJECT_BYTES
                    + values.stream().mapToLong(ParameterRows::bytes).sum();
        } else if (value instanceof Map<?, ?> map) {
            return bytes(map.keySet()) + bytes(map.values());
        } else if (value instanceof StructValue struct) {
            return bytes(struct.fields().values());
        }
        return OBJECT_BYTES;
    }

    private static long bytes(VectorSchemaRoot root) {
        long bytes = 0;
        for (FieldVector vector : root.getFieldVectors()) {
            bytes += vector.getBufferSize();
        }
        return bytes;
    }
}
