package io.skyport.sql.dialect;

import io.skyport.sql.dialect.EngineTypes.UserTypes;
import java.util.List;
import java.util.function.Function;
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

    private final Function<UserTypes, String> engineName;

    private EngineTypeNameSpec(Function<UserTypes, String> engineName, SqlParserPos pos) {
        super(new SqlIdentifier(engineName.apply(UserTypes.NONE), pos), pos);
        this.engineName = engineName;
    }

    public static EngineTypeNameSpec of(String engineName, SqlParserPos pos) {
        return new EngineTypeNameSpec(userTypes -> engineName, pos);
    }

    /** A type by its name, with or without arguments. */
    public static SqlTypeNameSpec named(SqlIdentifier name, List<String> arguments, SqlParserPos pos) {
        return TypeNames.spec(name, arguments, pos);
    }

    /** FLOAT(n) as SQL has it: n bits of precision, of which FLOAT has 24 and DOUBLE 53. */
    public static EngineTypeNameSpec floating(int bits, SqlParserPos pos) {
        return of(bits <= TypeNames.FLOAT_BITS ? "FLOAT" : "DOUBLE", pos);
    }

    /** STRUCT or UNION. */
    public static EngineTypeNameSpec fields(
            String word, List<SqlIdentifier> names, List<SqlDataTypeSpec> types, SqlParserPos pos) {
        List<SqlIdentifier> fields = List.copyOf(names);
        List<SqlDataTypeSpec> fieldTypes = List.copyOf(types);
        return new EngineTypeNameSpec(userTypes -> EngineTypes.struct(word, fields, fieldTypes, userTypes), pos);
    }

    public static EngineTypeNameSpec map(SqlDataTypeSpec key, SqlDataTypeSpec value, SqlParserPos pos) {
        return new EngineTypeNameSpec(
                userTypes ->
                        "MAP(" + EngineTypes.name(key, userTypes) + ", " + EngineTypes.name(value, userTypes) + ")",
                pos);
    }

    /** A list, or an array if {@code size} is not negative. */
    public static EngineTypeNameSpec list(SqlTypeNameSpec element, int size, SqlParserPos pos) {
        return new EngineTypeNameSpec(
                userTypes -> EngineTypes.name(element, userTypes) + "[" + (size < 0 ? "" : size) + "]",
                element.getParserPos().plus(pos));
    }

    public String engineName() {
        return engineName(UserTypes.NONE);
    }

    String engineName(UserTypes userTypes) {
        return engineName.apply(userTypes);
    }

    @Override
    public RelDataType deriveType(SqlValidator validator) {
        return validator
                .getTypeFactory()
                .createTypeWithNullability(validator.getTypeFactory().createSqlType(SqlTypeName.ANY), true);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        writer.print(engineName());
        writer.setNeedWhitespace(true);
    }

    @Override
    public boolean equalsDeep(SqlTypeNameSpec that, Litmus litmus) {
        return that instanceof EngineTypeNameSpec other && engineName().equals(other.engineName())
                ? litmus.succeed()
                : litmus.fail("{} != {}", this, that);
    }
}
