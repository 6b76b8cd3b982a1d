package io.skyport.flightsql;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.DenseUnionVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;
import org.jspecify.annotations.Nullable;

/** Writes Java values into the vectors of metadata answers. Values are set in order of their index. */
final class Cells {

    private Cells() {}

    /** Fills a root whose vectors have the answer's schema. */
    static void write(Answer answer, VectorSchemaRoot root) {
        for (int column = 0; column < root.getFieldVectors().size(); column++) {
            ValueVector vector = root.getVector(column);
            for (int row = 0; row < answer.rows().size(); row++) {
                set(vector, row, answer.rows().get(row).get(column));
            }
        }
        root.setRowCount(answer.rows().size());
    }

    private static void set(ValueVector vector, int index, @Nullable Object value) {
        if (value == null) {
            return; // a fresh vector is all null
        }
        if (vector instanceof VarCharVector text) {
            text.setSafe(index, ((String) value).getBytes(StandardCharsets.UTF_8));
        } else if (vector instanceof VarBinaryVector bytes) {
            bytes.setSafe(index, (byte[]) value);
        } else if (vector instanceof BitVector bit) {
            bit.setSafe(index, (Boolean) value ? 1 : 0);
        } else if (vector instanceof IntVector number) {
            number.setSafe(index, (Integer) value);
        } else if (vector instanceof UInt1Vector number) {
            number.setSafe(index, (Integer) value);
        } else if (vector instanceof UInt4Vector number) {
            number.setSafe(index, (Integer) value);
        } else if (vector instanceof BigIntVector number) {
            number.setSafe(index, (Long) value);
        } else if (vector instanceof MapVector map) {
            setMap(map, index, (Map<?, ?>) value);
        } else if (vector instanceof ListVector list) {
            setList(list, index, (List<?>) value);
        } else if (vector instanceof DenseUnionVector union) {
            setUnion(union, index, value);
        } else {
            throw new IllegalArgumentException("No cell of type " + vector.getField());
        }
    }

    private static void setList(ListVector list, int index, List<?> values) {
        int offset = list.startNewValue(index);
        for (Object value : values) {
            set(list.getDataVector(), offset++, value);
        }
        list.getDataVector().setValueCount(offset);
        list.endValue(index, values.size());
    }

    private static void setMap(MapVector map, int index, Map<?, ?> entries) {
        int offset = map.startNewValue(index);
        StructVector entry = (StructVector) map.getDataVector();
        for (Map.Entry<?, ?> each : entries.entrySet()) {
            entry.setIndexDefined(offset);
            set(entry.getChildByOrdinal(0), offset, each.getKey());
            set(entry.getChildByOrdinal(1), offset, each.getValue());
            offset++;
        }
        entry.setValueCount(offset);
        map.endValue(index, entries.size());
    }

    /** The child is chosen by the value's Java type; see {@link SqlInfo}. */
    private static void setUnion(DenseUnionVector union, int index, Object value) {
        byte child = SqlInfo.childOf(value);
        ValueVector values = union.getVectorByType(child);
        int offset = values.getValueCount();
        set(values, offset, value);
        values.setValueCount(offset + 1);
        while (index >= union.getValueCapacity()) {
            union.reAlloc();
        }
        union.setTypeId(index, child);
        union.setOffset(index, offset);
    }
}
