package io.skyport.sql.statement;

import io.skyport.catalog.ObjectName;
import io.skyport.error.ErrorCode;
import io.skyport.sql.dialect.EngineTypes;
import io.skyport.sql.print.Printer;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** CREATE TYPE: an enumeration, or another name of a type. */
public final class CreateType extends Statement {

    private final boolean replace;
    private final boolean temporary;
    private final boolean ifNotExists;
    private final SqlIdentifier name;
    private final @Nullable List<SqlNode> values;
    private final @Nullable SqlNode query;
    private final @Nullable SqlTypeNameSpec type;

    private CreateType(
            SqlParserPos pos,
            boolean replace,
            boolean temporary,
            boolean ifNotExists,
            SqlIdentifier name,
            @Nullable List<SqlNode> values,
            @Nullable SqlNode query,
            @Nullable SqlTypeNameSpec type) {
        super(pos, "CREATE TYPE");
        this.replace = replace;
        this.temporary = temporary;
        this.ifNotExists = ifNotExists;
        this.name = name;
        this.values = values == null ? null : List.copyOf(values);
        this.query = query;
        this.type = type;
    }

    /** ENUM ('a', 'b') */
    public static CreateType ofValues(
            SqlParserPos pos,
            boolean replace,
            boolean temporary,
            boolean ifNotExists,
            SqlIdentifier name,
            List<SqlNode> values) {
        return new CreateType(pos, replace, temporary, ifNotExists, name, values, null, null);
    }

    /** ENUM (SELECT ...) */
    public static CreateType ofQuery(
            SqlParserPos pos,
            boolean replace,
            boolean temporary,
            boolean ifNotExists,
            SqlIdentifier name,
            SqlNode query) {
        return new CreateType(pos, replace, temporary, ifNotExists, name, null, query, null);
    }

    /** Another name of a type. */
    public static CreateType ofType(
            SqlParserPos pos,
            boolean replace,
            boolean temporary,
            boolean ifNotExists,
            SqlIdentifier name,
            SqlTypeNameSpec type) {
        return new CreateType(pos, replace, temporary, ifNotExists, name, null, null, type);
    }

    @Override
    public Draft compile(Compilation compilation) {
        requireNoBuiltIn();
        Creation.requireOneWay(replace, ifNotExists, this);
        ObjectName created = Creation.target(compilation, name, temporary);
        Creation creation = new Creation(compilation, name, replace, ifNotExists);
        Optional<ObjectName> existing =
                compilation.names().catalog().type(created.database(), created.schema(), created.name());
        if (creation.object(existing, ErrorCode.DUPLICATE_OBJECT, ObjectKind.TYPE)) {
            return creation.nothing(created);
        }
        Printer printer = compilation.printer();
        printer.sql(Creation.words(replace, temporary, "TYPE"))
                .name(created, name)
                .sql(" AS ");
        definition(printer);
        // The values that a query finds are taken once.
        Creation.requireLastingSources(printer, temporary || query != null, this);
        return compilation.withoutParameters(Draft.ddl(printer), "CREATE TYPE");
    }

    /** The engine would find a temporary type before its own wherever this session reads a view. */
    private void requireNoBuiltIn() {
        if (temporary && EngineTypes.isBuiltIn(name)) {
            throw Compilation.error(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "a temporary type cannot have the name of one of the engine's",
                    name);
        }
    }

    private void definition(Printer printer) {
        if (values != null) {
            enumeration(values, printer);
        } else if (query != null) {
            printer.sql("ENUM (").query(query).sql(")");
        } else if (type != null) {
            printer.sql(printer.type(new SqlDataTypeSpec(type, type.getParserPos())));
        }
    }

    private static void enumeration(List<SqlNode> values, Printer printer) {
        Set<String> seen = new HashSet<>();
        String separator = "ENUM (";
        for (SqlNode value : values) {
            String text = Texts.of(value);
            if (!seen.add(text)) {
                throw Compilation.error(
                        ErrorCode.INVALID_PARAMETER_VALUE, "the value '" + text + "' is there already", value);
            }
            printer.sql(separator).literal(text);
            separator = ", ";
        }
        printer.sql(values.isEmpty() ? "ENUM ()" : ")");
    }
}
