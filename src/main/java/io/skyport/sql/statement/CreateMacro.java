package io.skyport.sql.statement;

import io.skyport.catalog.ObjectName;
import io.skyport.catalog.Routine;
import io.skyport.error.ErrorCode;
import io.skyport.sql.print.EngineText;
import io.skyport.sql.print.Printer;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** CREATE MACRO, also written CREATE FUNCTION: an expression or a query with parameters. */
public final class CreateMacro extends Statement {

    private final boolean replace;
    private final boolean temporary;
    private final boolean ifNotExists;
    private final SqlIdentifier name;
    private final List<Overload> overloads;

    public CreateMacro(
            SqlParserPos pos,
            boolean replace,
            boolean temporary,
            boolean ifNotExists,
            SqlIdentifier name,
            List<Overload> overloads) {
        super(pos, "CREATE MACRO");
        this.replace = replace;
        this.temporary = temporary;
        this.ifNotExists = ifNotExists;
        this.name = name;
        this.overloads = List.copyOf(overloads);
    }

    /** A parameter; its name is a name in the body. */
    public record Parameter(
            SqlIdentifier name,
            @Nullable SqlDataTypeSpec type,
            @Nullable SqlNode defaultValue) {}

    /** What the macro is for one list of parameters. */
    public record Overload(SqlParserPos pos, List<Parameter> parameters, boolean table, SqlNode body) {
        public Overload {
            parameters = List.copyOf(parameters);
        }
    }

    @Override
    public Draft compile(Compilation compilation) {
        Creation.requireOneWay(replace, ifNotExists, this);
        ObjectName macro = Creation.target(compilation, name, temporary);
        requireOneKind();
        Creation creation = new Creation(compilation, name, replace, ifNotExists);
        Optional<ObjectName> taken = compilation.names().objects().at(macro).stream()
                .map(Routine::name)
                .findFirst();
        if (creation.object(taken, ErrorCode.DUPLICATE_OBJECT, ObjectKind.FUNCTION)) {
            return creation.nothing(macro);
        }
        Printer printer = compilation.printer().lasting();
        printer.requireFreeFunctionName(name);
        if (temporary) {
            printer.requireNoBuiltIn(name);
        }
        printer.sql(Creation.words(replace, temporary, "MACRO")).name(macro, name);
        String separator = " ";
        for (Overload overload : overloads) {
            printer.sql(separator);
            overload(overload, printer);
            separator = ", ";
        }
        Creation.requireLastingSources(printer, temporary, this);
        return compilation.withoutParameters(Draft.ddl(printer), "CREATE MACRO");
    }

    private void requireOneKind() {
        boolean table = overloads.get(0).table();
        if (overloads.stream().anyMatch(overload -> overload.table() != table)) {
            throw Compilation.error(
                    ErrorCode.SYNTAX_ERROR, "the overloads of a macro are all tables, or none is", name);
        }
    }

    private static void overload(Overload overload, Printer printer) {
        Set<String> seen = new HashSet<>();
        printer.sql("(");
        String separator = "";
        for (Parameter parameter : overload.parameters()) {
            if (!seen.add(parameter.name().getSimple().toLowerCase(Locale.ROOT))) {
                throw Compilation.error(
                        ErrorCode.SYNTAX_ERROR,
                        "parameter \"" + parameter.name().getSimple() + "\" is named twice",
                        parameter.name());
            }
            printer.sql(separator).name(parameter.name());
            parameter(parameter, printer);
            separator = ", ";
        }
        printer.sql(overload.table() ? ") AS TABLE " : ") AS ");
        printer.body(overload.body(), new EngineText.Frame(types(overload, printer), overload.table()));
    }

    private static Map<String, String> types(Overload overload, Printer printer) {
        Map<String, String> types = new LinkedHashMap<>();
        for (Parameter parameter : overload.parameters()) {
            SqlDataTypeSpec type = parameter.type();
            types.put(parameter.name().getSimple().toLowerCase(Locale.ROOT), type == null ? "" : printer.type(type));
        }
        return types;
    }

    private static void parameter(Parameter parameter, Printer printer) {
        if (parameter.type() != null) {
            printer.sql(" " + printer.type(parameter.type()));
        }
        if (parameter.defaultValue() != null) {
            printer.sql(" := ").expression(parameter.defaultValue());
        }
    }
}
