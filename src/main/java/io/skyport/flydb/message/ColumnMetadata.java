package io.skyport.flydb.message;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/**
 * A column of a result (FlyDB driver guide, "Column Metadata Response", and what FlyDB's own server adds to it).
 *
 * @param index counted from 0
 * @param type name of the SQL type
 * @param typeCode the code that JDBC and ODBC share; sent as {@code sql_type} and as {@code type_code}
 */
public record ColumnMetadata(
        int index,
        String name,
        String label,
        String type,
        int typeCode,
        int precision,
        int scale,
        int displaySize,
        boolean nullable,
        boolean autoIncrement,
        boolean readOnly,
        String tableName,
        String schemaName) {

    /** A column that belongs to no table. */
    public static ColumnMetadata of(int index, String name, String type, int typeCode) {
        return new ColumnMetadata(index, name, name, type, typeCode, 0, 0, 0, true, false, true, "", "");
    }

    static List<ColumnMetadata> read(List<JsonFields> columns) {
        return columns.stream().map(ColumnMetadata::read).toList();
    }

    private static ColumnMetadata read(JsonFields fields) {
        return new ColumnMetadata(
                fields.integer("index"),
                fields.text("name"),
                fields.text("label"),
                fields.text("type"),
                fields.integer("type_code"),
                fields.integer("precision"),
                fields.integer("scale"),
                fields.integer("display_size"),
                fields.flag("nullable"),
                fields.flag("auto_increment"),
                fields.flag("read_only"),
                fields.text("table_name"),
                fields.text("schema_name"));
    }

    /** Leaves an empty list out. */
    static void write(JsonGenerator json, String name, List<ColumnMetadata> columns) throws IOException {
        if (!columns.isEmpty()) {
            json.writeArrayFieldStart(name);
            for (ColumnMetadata column : columns) {
                column.write(json);
            }
            json.writeEndArray();
        }
    }

    private void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("index", index);
        json.writeStringField("name", name);
        json.writeStringField("label", label);
        json.writeStringField("type", type);
        json.writeNumberField("sql_type", typeCode);
        json.writeNumberField("type_code", typeCode);
        json.writeNumberField("precision", precision);
        json.writeNumberField("scale", scale);
        json.writeNumberField("display_size", displaySize);
        json.writeBooleanField("nullable", nullable);
        json.writeBooleanField("auto_increment", autoIncrement);
        json.writeBooleanField("read_only", readOnly);
        json.writeStringField("table_name", tableName);
        json.writeStringField("schema_name", schemaName);
        json.writeEndObject();
    }
}
