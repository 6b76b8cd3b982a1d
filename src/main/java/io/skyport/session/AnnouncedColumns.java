package io.skyport.session;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.CompiledStatement;
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
        if (differing(announced, schema) >= 0) {
            throw new SkyportException(
                    ErrorCode.INTERNAL_ERROR,
                    "The result's schema is not the announced one: the tables changed meanwhile, run the statement again");
        }
    }

    /** @throws SkyportException 22023 if other types are delivered for the parameters' values; XX000 if there are none */
    static void require(CompiledStatement statement, Schema schema) {
        List<ResultColumn> announced = statement.columns();
        int differing = statement.parameters().isEmpty() ? -1 : differing(announced, schema);
        if (differing >= 0 && differing < announced.size()) {
            ResultColumn column = announced.get(differing);
            throw new SkyportException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "Column \"" + column.name() + "\" is " + column.type().name()
                            + ", and with these parameters it would have another type: write CAST(? AS type)");
        }
        require(announced, schema);
    }

    /** The index of the first column of another type, or -1. */
    private static int differing(List<ResultColumn> announced, Schema schema) {
        List<Field> delivered = schema.getFields();
        for (int i = 0; i < Math.max(announced.size(), delivered.size()); i++) {
            if (i >= Math.min(announced.size(), delivered.size()) || !sameType(announced.get(i), delivered.get(i))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean sameType(ResultColumn announced, Field delivered) {
        return sameType(announced.type().wireType().arrowField(announced.name(), true, Map.of()), delivered);
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
