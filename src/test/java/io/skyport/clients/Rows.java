package io.skyport.clients;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.arrow.flight.FlightEndpoint;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.arrow.vector.util.Text;

/** A result read to its end: the schema that was delivered and the rows, texts as Strings. */
record Rows(Schema schema, List<List<Object>> rows, int batches) {

    /** Reads all endpoints of {@code info}. */
    static Rows of(FlightSqlClient client, FlightInfo info) throws Exception {
        Schema schema = null;
        List<List<Object>> rows = new ArrayList<>();
        int batches = 0;
        for (FlightEndpoint endpoint : info.getEndpoints()) {
            try (FlightStream stream = client.getStream(endpoint.getTicket())) {
                schema = stream.getSchema();
                while (stream.next()) {
                    batches++;
                    addRows(stream.getRoot(), rows);
                }
            }
        }
        return new Rows(schema, rows, batches);
    }

    private static void addRows(VectorSchemaRoot root, List<List<Object>> rows) {
        for (int row = 0; row < root.getRowCount(); row++) {
            List<Object> values = new ArrayList<>();
            for (FieldVector vector : root.getFieldVectors()) {
                Object value = vector.getObject(row);
                values.add(value instanceof Text text ? text.toString() : value);
            }
            rows.add(Collections.unmodifiableList(values));
        }
    }

    /** The values of one column, by its index. */
    List<Object> column(int index) {
        return rows.stream().map(row -> row.get(index)).toList();
    }

    /** The values of one column, by its name. */
    List<Object> column(String name) {
        return column(schema.getFields().indexOf(schema.findField(name)));
    }

    /** The only value of the only row. */
    Object value() {
        if (rows.size() != 1 || rows.get(0).size() != 1) {
            throw new AssertionError("not one value: " + rows);
        }
        return rows.get(0).get(0);
    }
}
