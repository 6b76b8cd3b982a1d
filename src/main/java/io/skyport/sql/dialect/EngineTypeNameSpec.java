package io.skyport.sql.dialect;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.util.Litmus;

/** A type by the name that the engine reads. Calcite sees it as ANY. */
public final class EngineTypeNameSpec extends SqlTypeNameSpec {

    private final String engineName;

    private EngineTypeNameSpec(String engineName, SqlParserPos pos) {
        super(new SqlIdentifier(engineName, pos), pos);
        this.engineName = engineName;
    }

    public static EngineTypeNameSpec of(String engineName, SqlParserPos pos) {
        return new EngineTypeNameSpec(engineName, pos);
    }

    /** STRUCT or UNION. */
    public static EngineTypeNameSpec fields(
            String word, List<SqlIdentifier> names, List<SqlDataTypeSpec> types, SqlParserPos pos) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            fields.add(EngineNames.quoted(names.get(i).getSimple()) + " " + EngineTypes.name(types.get(i)));
        }
        return of(word + "(" + String.join(", ", fields) + ")", pos);
    }

    public static EngineTypeNameSpec map(SqlDataTypeSpec key, SqlDataTypeSpec value, SqlParserPos pos) {
        return of("MAP(" + EngineTypes.name(key) + ", " + EngineTypes.name(value) + ")", pos);
    }

    /** A list, or an array if {@code size} is not negative. */
    public static EngineTypeNameSpec list(SqlTypeNameSpec element, int size, SqlParserPos pos) {
        return of(
                EngineTypes.name(element) + "[" + (size < 0 ? "" : size) + "]",
                element.getParserPos().plus(pos));
    }

    public String engineName() {
        return engineName;
    }

    @Override
    public RelDataType deriveType(SqlValidator validator) {
        return validator
                .getTypeFactory()
                .createTypeWithNullability(validator.getTypeFactory().createSqlType(SqlTypeName.ANY), true);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        writer.print(engineName);
        writer.setNeedWhitespace(true);
    }

    @Override
    public boolean equalsDeep(SqlTypeNameSpec that, Litmus litmus) {
        return that instanceof EngineTypeNameSpec other && engineName.equals(other.engineName)
                ? litmus.succeed()
                : litmus.fail("{} != {}", this, that);
    }
}
