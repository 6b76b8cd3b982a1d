package io.skyport.session;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.util.Text;

/** Cursors over a table {@code n (id, name)}. */
abstract class CursorTestBase extends SessionTestBase {

    static final String ALL = "SELECT id, name FROM n ORDER BY id";

    void fill(int rows) {
        run("CREATE TABLE n (id INTEGER PRIMARY KEY, name VARCHAR)");
        run("INSERT INTO n SELECT i, 'v' || i FROM range(1, " + (rows + 1) + ") AS r(i)");
    }

    Cursor open(CursorType type, String sql, Object... parameters) {
        return open(CursorOptions.of(type), sql, parameters);
    }

    Cursor open(CursorOptions options, String sql, Object... parameters) {
        return session.openCursor(sql, null, options, List.of(parameters), null, never);
    }

    /** The first column of the rows. */
    List<Object> fetch(Cursor cursor, Fetch fetch) {
        try (CursorPage page = session.fetch(cursor, fetch, never)) {
            List<Object> values = new ArrayList<>();
            rows(page).forEach(row -> values.add(row.get(0)));
            return values;
        }
    }

    static List<List<Object>> rows(CursorPage page) {
        List<List<Object>> rows = new ArrayList<>();
        while (page.next()) {
            for (int row = 0; row < page.root().getRowCount(); row++) {
                List<Object> values = new ArrayList<>();
                for (FieldVector vector : page.root().getFieldVectors()) {
                    Object value = vector.getObject(row);
                    values.add(value instanceof Text ? value.toString() : value);
                }
                rows.add(values);
            }
        }
        return rows;
    }

    List<List<Object>> values(Cursor cursor, Fetch fetch) {
        try (CursorPage page = session.fetch(cursor, fetch, never)) {
            return rows(page);
        }
    }
}
