package io.skyport.session;

import io.skyport.engine.ArrowValues;
import io.skyport.session.CursorPosition.Target;
import io.skyport.sql.CompiledStatement;
import io.skyport.sql.Keyset;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.jspecify.annotations.Nullable;

/**
 * The rows of some keys, as they are now.
 *
 * @param keys of all rows, in order, put aside on disk
 * @param parameters of the query
 * @param query runs a statement with parameters
 */
record KeysetRows(Keyset keyset, SpooledRows keys, List<@Nullable Object> parameters, Query query)
        implements CursorRows {

    /** Runs a statement with parameters. */
    interface Query {
        QueryStream run(CompiledStatement statement, List<@Nullable Object> parameters, Scope scope);
    }

    @Override
    public Found fetch(Target target, PageRows page, Scope scope, Cancellation cancellation) {
        long total = keys.total();
        long first = target.firstOf(total);
        if (first < 1 || first > total) {
            return Found.nothing(page, first, total, total);
        }
        long rows = Math.min(target.count(), total - first + 1);
        keys.read(first - 1, rows, (piece, from, count) -> join(piece, from, count, page, scope, cancellation));
        long last = first + rows - 1;
        return new Found(page, CursorPosition.on(first, last), last < total, total);
    }

    private void join(
            VectorSchemaRoot piece, int from, int count, PageRows page, Scope scope, Cancellation cancellation) {
        List<@Nullable Object> values =
                new ArrayList<>(parameters.subList(0, keyset.rows().parameters().size()));
        for (FieldVector key : piece.getFieldVectors()) {
            values.add(list(key, from, count));
        }
        long before = page.count();
        try (QueryStream stream = query.run(keyset.rows(), values, scope);
                Cancellation.Registration ignored = cancellation.onCancel(stream::interrupt)) {
            while (stream.next()) {
                page.addFound(stream.root());
            }
        }
        keyset.requireOneRowPerKey(page.count() - before, count);
    }

    private static List<@Nullable Object> list(FieldVector key, int from, int count) {
        DictionaryProvider none = new DictionaryProvider.MapDictionaryProvider();
        List<@Nullable Object> values = new ArrayList<>(count);
        for (int row = from; row < from + count; row++) {
            values.add(ArrowValues.value(key, row, none));
        }
        return values;
    }

    @Override
    public void close() {
        keys.close();
    }
}
