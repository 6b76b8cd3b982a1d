package io.skyport.flightsql;

import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BaseLargeVariableWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BaseVariableWidthViewVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.ExtensionTypeVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.complex.DenseUnionVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.LargeListVector;
import org.apache.arrow.vector.complex.LargeListViewVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.ListViewVector;
import org.apache.arrow.vector.complex.RunEndEncodedVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.complex.UnionVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;

/**
 * Checks all that a vector's buffers point at: no offset, view, run or index leads out of what the client has sent. Arrow's own
 * check does not know views, maps and 16-bit floats, takes a decimal of as many digits as declared for one too many, and does not
 * look at dictionaries. What the values mean is not looked at.
 */
final class UploadedValues {

    private static final int VIEW_BYTES = BaseVariableWidthViewVector.ELEMENT_SIZE;
    private static final int BUFFER_INDEX = 8;
    private static final int BUFFER_OFFSET = 12;

    private final String column;
    private final DictionaryProvider dictionaries;

    private UploadedValues(String column, DictionaryProvider dictionaries) {
        this.column = column;
        this.dictionaries = dictionaries;
    }

    /**
     * Throws if the vector's buffers contradict each other or its type.
     *
     * @param rows how many values it must have
     */
    static void check(FieldVector vector, int rows, DictionaryProvider dictionaries) {
        new UploadedValues(vector.getName(), dictionaries).check(vector, rows);
    }

    private void check(FieldVector vector, long values) {
        int count = vector.getValueCount();
        if (count < values) {
            throw contradiction(values + " values are needed, and there are " + count);
        }
        checkIndexes(vector, count);
        if (vector instanceof NullVector || count == 0) {
            return;
        }
        if (vector instanceof ExtensionTypeVector<?> extension) {
            check((FieldVector) extension.getUnderlyingVector(), values);
        } else if (vector instanceof UnionVector union) {
            checkUnion(union, count);
        } else if (vector instanceof RunEndEncodedVector runs) {
            checkRuns(runs, count);
        } else {
            checkWithValidity(vector, count);
        }
    }

    private void checkWithValidity(FieldVector vector, int count) {
        if (vector instanceof DenseUnionVector) {
            throw contradiction("dense unions are not read");
        }
        require(vector.getValidityBuffer(), (count + 7L) / 8, "validity");
        if (vector instanceof BitVector) {
            require(vector.getDataBuffer(), (count + 7L) / 8, "values");
        } else if (vector instanceof BaseFixedWidthVector fixed) {
            require(fixed.getDataBuffer(), (long) count * fixed.getTypeWidth(), "values");
        } else if (vector instanceof BaseVariableWidthVector text) {
            require(text.getDataBuffer(), lastOffset(text.getOffsetBuffer(), count), "values");
        } else if (vector instanceof BaseLargeVariableWidthVector text) {
            require(text.getDataBuffer(), lastLargeOffset(text.getOffsetBuffer(), count), "values");
        } else if (vector instanceof BaseVariableWidthViewVector views) {
            checkViews(views, count);
        } else if (vector instanceof StructVector struct) {
            struct.getChildrenFromFields().forEach(child -> check(child, count));
        } else {
            checkList(vector, count);
        }
    }

    private void checkList(FieldVector vector, int count) {
        if (vector instanceof ListVector list) {
            check(list.getDataVector(), lastOffset(list.getOffsetBuffer(), count));
        } else if (vector instanceof LargeListVector list) {
            check(list.getDataVector(), lastLargeOffset(list.getOffsetBuffer(), count));
        } else if (vector instanceof FixedSizeListVector list) {
            check(list.getDataVector(), (long) count * list.getListSize());
        } else if (vector instanceof ListViewVector list) {
            require(list.getOffsetBuffer(), (long) count * Integer.BYTES, "offsets");
            require(list.getSizeBuffer(), (long) count * Integer.BYTES, "sizes");
            check(list.getDataVector(), lastElement(list.getOffsetBuffer(), list.getSizeBuffer(), count));
        } else if (vector instanceof LargeListViewVector list) {
            require(list.getOffsetBuffer(), (long) count * Long.BYTES, "offsets");
            require(list.getSizeBuffer(), (long) count * Long.BYTES, "sizes");
            check((FieldVector) list.getDataVector(), lastLargeElement(list, count));
        } else {
            throw contradiction("values of " + vector.getField().getType() + " are not read");
        }
    }

    private long lastOffset(ArrowBuf offsets, int count) {
        require(offsets, (count + 1L) * Integer.BYTES, "offsets");
        int last = offsets.getInt(0);
        requireFrom(0, last);
        for (long i = 1; i <= count; i++) {
            int next = offsets.getInt(i * Integer.BYTES);
            requireFrom(last, next);
            last = next;
        }
        return last;
    }

    private long lastLargeOffset(ArrowBuf offsets, int count) {
        require(offsets, (count + 1L) * Long.BYTES, "offsets");
        long last = offsets.getLong(0);
        requireFrom(0, last);
        for (long i = 1; i <= count; i++) {
            long next = offsets.getLong(i * Long.BYTES);
            requireFrom(last, next);
            last = next;
        }
        return last;
    }

    private void requireFrom(long least, long offset) {
        if (offset < least) {
            throw contradiction("its offsets are decreasing");
        }
    }

    /** Also of what is NULL: the engine looks at those too. */
    private long lastElement(ArrowBuf offsets, ArrowBuf sizes, int count) {
        long last = 0;
        for (long i = 0; i < count; i++) {
            int offset = offsets.getInt(i * Integer.BYTES);
            int size = sizes.getInt(i * Integer.BYTES);
            requireFrom(0, Math.min(offset, size));
            last = Math.max(last, (long) offset + size);
        }
        return last;
    }

    private long lastLargeElement(LargeListViewVector list, int count) {
        long last = 0;
        for (long i = 0; i < count; i++) {
            long offset = list.getOffsetBuffer().getLong(i * Long.BYTES);
            long size = list.getSizeBuffer().getLong(i * Long.BYTES);
            requireFrom(0, Math.min(offset, size));
            requireFrom(0, offset + size);
            last = Math.max(last, offset + size);
        }
        return last;
    }

    private void checkViews(BaseVariableWidthViewVector vector, int count) {
        ArrowBuf views = vector.getDataBuffer();
        List<ArrowBuf> buffers = vector.getDataBuffers();
        require(views, (long) count * VIEW_BYTES, "views");
        for (int row = 0; row < count; row++) {
            long at = (long) row * VIEW_BYTES;
            int length = views.getInt(at);
            if (vector.isNull(row) || length >= 0 && length <= BaseVariableWidthViewVector.INLINE_SIZE) {
                continue;
            }
            int buffer = views.getInt(at + BUFFER_INDEX);
            int offset = views.getInt(at + BUFFER_OFFSET);
            boolean inside = length >= 0
                    && buffer >= 0
                    && buffer < buffers.size()
                    && offset >= 0
                    && (long) offset + length <= buffers.get(buffer).capacity();
            if (!inside) {
                throw contradiction("a view points out of its buffers");
            }
        }
    }

    /** Types are numbered in their order; those that say otherwise are not stored. */
    private void checkUnion(UnionVector union, int count) {
        ArrowBuf types = union.getTypeBuffer();
        require(types, count, "types");
        List<FieldVector> members = union.getChildrenFromFields();
        for (int row = 0; row < count; row++) {
            if (types.getByte(row) < 0 || types.getByte(row) >= members.size()) {
                throw contradiction("a value is of no type of the union");
            }
        }
        members.forEach(member -> check(member, count));
    }

    private void checkRuns(RunEndEncodedVector vector, int count) {
        check(vector.getRunEndsVector(), 1);
        BaseIntVector ends = (BaseIntVector) vector.getRunEndsVector();
        long last = 0;
        for (int run = 0; run < ends.getValueCount(); run++) {
            long end = ends.isNull(run) ? 0 : ends.getValueAsLong(run);
            if (end <= last) {
                throw contradiction("its runs do not end one behind the other");
            }
            last = end;
        }
        if (last < count) {
            throw contradiction("its runs end before its rows");
        }
        check(vector.getValuesVector(), ends.getValueCount());
    }

    private void checkIndexes(FieldVector vector, int count) {
        DictionaryEncoding encoding = vector.getField().getDictionary();
        if (encoding == null) {
            return;
        }
        Dictionary dictionary = dictionaries.lookup(encoding.getId());
        int size = dictionary == null ? 0 : dictionary.getVector().getValueCount();
        BaseIntVector indexes = (BaseIntVector) vector;
        for (int row = 0; row < count; row++) {
            if (!vector.isNull(row)) {
                long index = indexes.getValueAsLong(row);
                if (index < 0 || index >= size) {
                    throw contradiction("there is no value " + index + " in its dictionary");
                }
            }
        }
    }

    private void require(ArrowBuf buffer, long bytes, String what) {
        if (buffer.capacity() < bytes) {
            throw contradiction("its " + what + " take " + bytes + " bytes, and " + buffer.capacity() + " were sent");
        }
    }

    private IllegalArgumentException contradiction(String what) {
        return new IllegalArgumentException("column \"" + column + "\": " + what);
    }
}
