package io.skyport.engine;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BaseVariableWidthViewVector;
import org.apache.arrow.vector.Decimal256Vector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float2Vector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.compression.NoCompressionCodec;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.ArrowType.ExtensionType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.jspecify.annotations.Nullable;

/**
 * Arrow columns in the forms that the engine reads, at any depth: dictionaries as the values that they stand for, as the engine
 * would go on with the dictionary of an earlier batch; 16-bit floats as 32-bit ones; all decimals as those of 128 bits
 * whose scale is not negative. The rest is as it was. Used by one thread.
 */
public final class PlainColumns {

    /** 16 bytes that are a UUID. */
    public static final String UUID = "arrow.uuid";

    /** A byte that is a BOOLEAN. */
    public static final String BOOL8 = "arrow.bool8";

    /** A text that is JSON. */
    public static final String JSON = "arrow.json";

    /** Metadata of integers that are the digits of decimals: precision and scale, with a comma between them. */
    public static final String SMALL_DECIMAL = "skyport.decimal";

    /** What the engine takes for another type than that of the values; it believes their layout. */
    private static final Map<String, Set<Class<? extends ArrowType>>> EXTENSIONS = Map.of(
            UUID, Set.of(ArrowType.FixedSizeBinary.class),
            BOOL8, Set.of(ArrowType.Int.class),
            JSON, Set.of(ArrowType.Utf8.class, ArrowType.LargeUtf8.class, ArrowType.Utf8View.class));

    private static final int MAX_PRECISION = 38;
    private static final int WIDE_DECIMAL = 256;
    private static final int DECIMAL = 128;

    private final DictionaryProvider dictionaries;
    private final BufferAllocator allocator;

    public PlainColumns(DictionaryProvider dictionaries, BufferAllocator allocator) {
        this.dictionaries = dictionaries;
        this.allocator = allocator;
    }

    /**
     * A column as {@link #batch} gives it. Texts that should be JSON are no more than texts: the engine would believe them, and does
     * not when it casts them.
     *
     * @throws SkyportException 08P01 if it has a dictionary that is not there
     */
    public Field field(Field field) {
        return field(field, false);
    }

    /** The same with JSON as what its values mean. */
    public Field meant(Field field) {
        return field(field, true);
    }

    private Field field(Field field, boolean json) {
        DictionaryEncoding encoding = field.getDictionary();
        if (encoding != null) {
            Field values = field(dictionary(encoding, field).getVector().getField(), json);
            return new Field(
                    field.getName(), type(field, values.getType(), values.getMetadata()), values.getChildren());
        }
        List<Field> children =
                field.getChildren().stream().map(child -> field(child, json)).toList();
        return new Field(field.getName(), type(field, plain(decimal(field)), known(field, json)), children);
    }

    private static FieldType type(Field field, ArrowType type, Map<String, String> metadata) {
        return new FieldType(field.isNullable(), type, null, metadata);
    }

    /** Its type, which for small decimals is not that of its values. */
    private static ArrowType decimal(Field field) {
        String digits = field.getMetadata().get(SMALL_DECIMAL);
        if (digits == null || !(field.getType() instanceof ArrowType.Int)) {
            return field.getType();
        }
        try {
            int comma = digits.indexOf(',');
            int precision = Integer.parseInt(digits.substring(0, Math.max(comma, 0)));
            return new ArrowType.Decimal(precision, Integer.parseInt(digits.substring(comma + 1)), DECIMAL);
        } catch (NumberFormatException e) {
            return field.getType();
        }
    }

    private static ArrowType plain(ArrowType type) {
        if (type instanceof ArrowType.FloatingPoint number && number.getPrecision() == FloatingPointPrecision.HALF) {
            return new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
        }
        if (type instanceof ArrowType.Decimal decimal) {
            int precision = decimal.getPrecision() - Math.min(0, decimal.getScale());
            return precision > MAX_PRECISION
                    ? decimal
                    : new ArrowType.Decimal(precision, Math.max(0, decimal.getScale()), DECIMAL);
        }
        return type;
    }

    /** Other extensions mean what their values are. */
    private static Map<String, String> known(Field field, boolean json) {
        String name = field.getMetadata().get(ExtensionType.EXTENSION_METADATA_KEY_NAME);
        if (name == null || !json && name.equals(JSON) || !fits(name, field.getType())) {
            return Map.of();
        }
        Map<String, String> metadata = new HashMap<>();
        metadata.put(ExtensionType.EXTENSION_METADATA_KEY_NAME, name);
        metadata.put(
                ExtensionType.EXTENSION_METADATA_KEY_METADATA,
                field.getMetadata().getOrDefault(ExtensionType.EXTENSION_METADATA_KEY_METADATA, ""));
        return metadata;
    }

    private static boolean fits(String extension, ArrowType values) {
        boolean laidOut = EXTENSIONS.getOrDefault(extension, Set.of()).contains(values.getClass());
        if (values instanceof ArrowType.FixedSizeBinary bytes) {
            return laidOut && bytes.getByteWidth() == 16;
        }
        return laidOut && !(values instanceof ArrowType.Int number && number.getBitWidth() != Byte.SIZE);
    }

    private Dictionary dictionary(DictionaryEncoding encoding, Field field) {
        Dictionary dictionary = dictionaries.lookup(encoding.getId());
        if (dictionary == null) {
            throw new SkyportException(
                    ErrorCode.PROTOCOL_VIOLATION, "column \"" + field.getName() + "\" has no dictionary");
        }
        return dictionary;
    }

    /** The rows of a batch, which the caller closes; they share the buffers that are as they were. */
    public ArrowRecordBatch batch(VectorSchemaRoot root) {
        List<FieldVector> made = new ArrayList<>();
        try {
            Parts parts = new Parts(made);
            root.getFieldVectors().forEach(parts::add);
            return new ArrowRecordBatch(
                    root.getRowCount(),
                    parts.nodes,
                    parts.buffers,
                    NoCompressionCodec.DEFAULT_BODY_COMPRESSION,
                    parts.viewBuffers,
                    true);
        } finally {
            made.forEach(FieldVector::close);
        }
    }

    /** What a batch consists of, in the order of Arrow's messages. */
    private final class Parts {

        private final List<ArrowFieldNode> nodes = new ArrayList<>();
        private final List<ArrowBuf> buffers = new ArrayList<>();
        private final List<Long> viewBuffers = new ArrayList<>();
        private final List<FieldVector> made;

        Parts(List<FieldVector> made) {
            this.made = made;
        }

        void add(FieldVector vector) {
            FieldVector other = converted(vector);
            if (other != null) {
                made.add(other);
                add(other);
                return;
            }
            nodes.add(new ArrowFieldNode(vector.getValueCount(), vector.getNullCount()));
            buffers.addAll(vector.getFieldBuffers());
            if (vector instanceof BaseVariableWidthViewVector views) {
                viewBuffers.add((long) views.getDataBuffers().size());
            }
            vector.getChildrenFromFields().forEach(this::add);
        }
    }

    /** Null if it is plain already. */
    private @Nullable FieldVector converted(FieldVector vector) {
        Field field = vector.getField();
        if (field.getDictionary() != null) {
            return (FieldVector) DictionaryEncoder.decode(vector, dictionary(field.getDictionary(), field), allocator);
        }
        if (vector instanceof Float2Vector halves) {
            return filled(
                    new Float4Vector(field.getName(), allocator),
                    halves,
                    (singles, row) -> singles.set(row, halves.getValueAsFloat(row)));
        }
        if (field.getType() instanceof ArrowType.Int && decimal(field) instanceof ArrowType.Decimal small) {
            BaseIntVector digits = (BaseIntVector) vector;
            DecimalVector decimals =
                    new DecimalVector(field.getName(), allocator, small.getPrecision(), small.getScale());
            return filled(decimals, vector, (target, row) -> target.set(row, digits.getValueAsLong(row)));
        }
        if (!(field.getType() instanceof ArrowType.Decimal type)
                || type.getBitWidth() < WIDE_DECIMAL && type.getScale() >= 0) {
            return null;
        }
        ArrowType.Decimal plain = (ArrowType.Decimal) plain(type);
        return plain.getBitWidth() == WIDE_DECIMAL
                ? null
                : filled(
                        new DecimalVector(field.getName(), allocator, plain.getPrecision(), plain.getScale()),
                        vector,
                        (decimals, row) -> decimals.set(row, fitting(vector, row, plain)));
    }

    private static <T extends FieldVector> T filled(T target, FieldVector source, BiConsumer<T, Integer> copy) {
        boolean filled = false;
        try {
            target.setInitialCapacity(source.getValueCount());
            target.allocateNew();
            for (int row = 0; row < source.getValueCount(); row++) {
                if (!source.isNull(row)) {
                    copy.accept(target, row);
                }
            }
            target.setValueCount(source.getValueCount());
            filled = true;
            return target;
        } finally {
            if (!filled) {
                target.close();
            }
        }
    }

    private static BigDecimal fitting(FieldVector decimals, int row, ArrowType.Decimal type) {
        BigDecimal value = decimals instanceof Decimal256Vector wide
                ? wide.getObjectNotNull(row)
                : ((DecimalVector) decimals).getObjectNotNull(row);
        BigDecimal scaled = value.setScale(type.getScale());
        if (scaled.precision() > type.getPrecision()) {
            throw new SkyportException(
                    ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
                    "value in column \"" + decimals.getName() + "\" has more than " + type.getPrecision() + " digits");
        }
        return scaled;
    }
}
