package io.skyport.session;

import io.skyport.catalog.ArrowSqlTypes;
import io.skyport.catalog.SqlType;
import io.skyport.error.SkyportException;
import io.skyport.sql.StatementParameter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * What the client's columns say of parameters whose type the text does not tell, as in {@code SELECT ?}: they are texts until
 * something else is bound to them.
 */
final class GivenTypes {

    private GivenTypes() {}

    /** By index from 0; nothing for what is text anyway, and for what has no plain type. */
    static Map<Integer, SqlType> of(Schema bound, List<StatementParameter> parameters) {
        List<Field> fields = bound.getFields();
        Map<Integer, SqlType> types = new HashMap<>();
        if (fields.size() == parameters.size()) {
            for (int i = 0; i < fields.size(); i++) {
                if (parameters.get(i).open() && plain(fields.get(i))) {
                    put(types, i, fields.get(i));
                }
            }
        }
        return types;
    }

    private static boolean plain(Field field) {
        ArrowType type = field.getType();
        return field.getDictionary() == null
                && field.getChildren().isEmpty()
                && !(type instanceof ArrowType.Null
                        || type instanceof ArrowType.Utf8
                        || type instanceof ArrowType.LargeUtf8
                        || type instanceof ArrowType.Utf8View);
    }

    private static void put(Map<Integer, SqlType> types, int index, Field field) {
        try {
            types.put(index, ArrowSqlTypes.of(field));
        } catch (SkyportException e) {
            // A type that SQL does not have: it stays a text.
        }
    }
}
