package io.skyport.flydb.server;

import com.fasterxml.jackson.core.JsonGenerator;
import io.skyport.flydb.message.RoomForRows;
import java.io.IOException;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;

/** Writes batches as JSON, a row as an array, and where wanted as text besides. */
final class RowWriter {

    private final JsonGenerator json;
    private final JsonSink values;
    private final @Nullable RowText text;
    private long count;

    RowWriter(JsonGenerator json, @Nullable RowText text) {
        this.json = json;
        this.values = new JsonSink(json);
        this.text = text;
    }

    /** Rows written so far. */
    long count() {
        return count;
    }

    /** All rows of a batch. */
    void write(VectorSchemaRoot batch) throws IOException {
        Cell[] cells = cells(batch);
        int rows = batch.getRowCount();
        for (int row = 0; row < rows; row++) {
            write(cells, row);
            if (text != null && text.hasRoom()) {
                text.beginRow();
                for (Cell cell : cells) {
                    cell.write(row, text);
                }
            }
        }
        count += rows;
        if (text != null) {
            text.count(rows);
        }
    }

    /** Those rows of a batch that there is room for; whether these are all of it. */
    boolean write(VectorSchemaRoot batch, RoomForRows room) throws IOException {
        Cell[] cells = cells(batch);
        int rows = batch.getRowCount();
        for (int row = 0; row < rows; row++) {
            write(cells, row);
            if (!room.holds()) {
                return false;
            }
            count++;
        }
        return true;
    }

    private static Cell[] cells(VectorSchemaRoot batch) {
        return batch.getFieldVectors().stream().map(Cell::of).toArray(Cell[]::new);
    }

    private void write(Cell[] cells, int row) throws IOException {
        json.writeStartArray();
        for (Cell cell : cells) {
            cell.write(row, values);
        }
        json.writeEndArray();
    }
}
