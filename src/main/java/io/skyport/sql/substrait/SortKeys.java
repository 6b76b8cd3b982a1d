package io.skyport.sql.substrait;

import io.substrait.expression.Expression;
import io.substrait.expression.Expression.SortField;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelFieldCollation.Direction;
import org.apache.calcite.rel.RelFieldCollation.NullDirection;
import org.apache.calcite.rex.RexNode;

/** What rows are sorted by. */
final class SortKeys {

    /** One of them. */
    private record Key(RexNode value, Direction direction, NullDirection nulls) {}

    static final SortKeys NONE = new SortKeys();

    private final List<Key> keys = new ArrayList<>();

    private SortKeys() {}

    static SortKeys of(List<SortField> fields, Function<Expression, RexNode> reading) {
        SortKeys keys = new SortKeys();
        for (SortField field : fields) {
            RexNode value = reading.apply(field.expr());
            keys.keys.add(
                    switch (field.direction()) {
                        case ASC_NULLS_FIRST -> new Key(value, Direction.ASCENDING, NullDirection.FIRST);
                        case ASC_NULLS_LAST -> new Key(value, Direction.ASCENDING, NullDirection.LAST);
                        case DESC_NULLS_FIRST -> new Key(value, Direction.DESCENDING, NullDirection.FIRST);
                        case DESC_NULLS_LAST -> new Key(value, Direction.DESCENDING, NullDirection.LAST);
                        default ->
                            throw PlanRelations.unsupported("SortRel with direction "
                                    + field.direction().name());
                    });
        }
        return keys;
    }

    /** Adds what is missing among {@code columns} to them; whether anything was. */
    boolean add(List<RexNode> columns) {
        boolean added = false;
        for (Key key : keys) {
            if (!columns.contains(key.value())) {
                columns.add(key.value());
                added = true;
            }
        }
        return added;
    }

    /** The order, once all keys are among {@code columns}. */
    RelCollation collation(List<RexNode> columns) {
        return RelCollations.of(keys.stream()
                .map(key -> new RelFieldCollation(columns.indexOf(key.value()), key.direction(), key.nulls()))
                .toList());
    }
}
