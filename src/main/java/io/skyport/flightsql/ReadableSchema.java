package io.skyport.flightsql;

import io.skyport.engine.PlainColumns;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flatbuf.Decimal;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A schema as Arrow's Java library reads it, which knows no decimals of 32 and 64 bits: they become integers that say so
 * ({@link PlainColumns#SMALL_DECIMAL}).
 */
final class ReadableSchema {

    private static final int WIDE_DECIMAL = 128;

    /** Deeper schemas would exhaust the stacks of those who walk them. */
    private static final int MAX_NESTING = 200;

    /** Many more than the engine has columns for; a small message can say that it has many more. */
    private static final int MAX_FIELDS = 1_000_000;

    private int fields;

    private ReadableSchema() {}

    /**
     * The header of a schema message that can be read.
     *
     * @throws SkyportException 0A000 if dictionaries have small decimals, 54001 if it nests too deeply, 54000 if it has too many
     *     fields
     */
    static ByteBuffer of(ByteBuffer header) {
        Message message = Message.getRootAsMessage(header.duplicate());
        if (message.headerType() != MessageHeader.Schema) {
            return header;
        }
        var schema = (org.apache.arrow.flatbuf.Schema) message.header(new org.apache.arrow.flatbuf.Schema());
        ReadableSchema looked = new ReadableSchema();
        boolean readable = true;
        for (int i = 0; i < schema.fieldsLength(); i++) {
            readable &= !looked.hasSmallDecimals(schema.fields(i), 1);
        }
        return readable || schema.endianness() != Endianness.Little ? header : rewritten(schema);
    }

    private static ByteBuffer rewritten(org.apache.arrow.flatbuf.Schema schema) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < schema.fieldsLength(); i++) {
            fields.add(field(schema.fields(i)));
        }
        return MessageSerializer.serializeMetadata(new Schema(fields), IpcOption.DEFAULT);
    }

    private boolean hasSmallDecimals(org.apache.arrow.flatbuf.Field field, int depth) {
        if (depth > MAX_NESTING) {
            throw new SkyportException(
                    ErrorCode.STATEMENT_TOO_COMPLEX, "the schema nests deeper than " + MAX_NESTING + " levels");
        }
        if (++fields > MAX_FIELDS) {
            throw new SkyportException(
                    ErrorCode.PROGRAM_LIMIT_EXCEEDED, "the schema has more than " + MAX_FIELDS + " fields");
        }
        boolean small = isSmallDecimal(field);
        for (int i = 0; i < field.childrenLength(); i++) {
            small |= hasSmallDecimals(field.children(i), depth + 1);
        }
        return small;
    }

    private static boolean isSmallDecimal(org.apache.arrow.flatbuf.Field field) {
        return field.typeType() == Type.Decimal && ((Decimal) field.type(new Decimal())).bitWidth() < WIDE_DECIMAL;
    }

    private static Field field(org.apache.arrow.flatbuf.Field field) {
        if (!new ReadableSchema().hasSmallDecimals(field, 1)) {
            return Field.convertField(field);
        }
        if (field.dictionary() != null) {
            throw new SkyportException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "column \"" + field.name() + "\": a dictionary of decimals of 32 or 64 bits is not read");
        }
        Map<String, String> metadata = metadata(field);
        ArrowType type;
        if (isSmallDecimal(field)) {
            Decimal decimal = (Decimal) field.type(new Decimal());
            metadata.put(PlainColumns.SMALL_DECIMAL, decimal.precision() + "," + decimal.scale());
            type = new ArrowType.Int(decimal.bitWidth(), true);
        } else {
            type = ArrowType.getTypeForField(field);
        }
        List<Field> children = new ArrayList<>();
        for (int i = 0; i < field.childrenLength(); i++) {
            children.add(field(field.children(i)));
        }
        return new Field(field.name(), new FieldType(field.nullable(), type, null, metadata), children);
    }

    private static Map<String, String> metadata(org.apache.arrow.flatbuf.Field field) {
        Map<String, String> metadata = new HashMap<>();
        for (int i = 0; i < field.customMetadataLength(); i++) {
            metadata.put(field.customMetadata(i).key(), field.customMetadata(i).value());
        }
        return metadata;
    }
}
