package io.skyport.session;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.ResultColumn;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Announced schema = delivered schema: a table that changed in between must not reach a client in disguise. */
final class AnnouncedColumns {

    private AnnouncedColumns() {}

    /** @throws SkyportException XX000 if the engine delivers other types than {@code announced} */
    static void require(List<ResultColumn> announced, Schema schema) {
        List<Field> delivered = schema.getFields();
        boolean same = delivered.size() == announced.size();
        for (int i = 0; same && i < delivered.size(); i++) {
            ResultColumn column = announced.get(i);
            Field field = column.type().wireType().arrowField(column.name(), true, Map.of());
            same = sameType(field, delivered.get(i));
        }
        if (!same) {
            throw new SkyportException(
                    ErrorCode.INTERNAL_ERROR,
                    "The result's schema is not the announced one: the tables changed meanwhile, run the statement again");
        }
    }

    private static boolean sameType(Field a, Field b) {
        boolean same = a.getType().equals(b.getType())
                && a.getChildren().size() == b.getChildren().size();
        for (int i = 0; same && i < a.getChildren().size(); i++) {
            same = sameType(a.getChildren().get(i), b.getChildren().get(i));
        }
        return same;
    }

    /** Whether columns that are announced anew are those that were. */
    static boolean same(List<ResultColumn> announced, List<ResultColumn> anew) {
        boolean same = announced.size() == anew.size();
        for (int i = 0; same && i < anew.size(); i++) {
            same = announced.get(i).name().equals(anew.get(i).name())
                    && announced.get(i).type().name().equals(anew.get(i).type().name());
        }
        return same;
    }
}
