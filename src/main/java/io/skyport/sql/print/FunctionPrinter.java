package io.skyport.sql.print;

import io.skyport.catalog.CatalogSnapshot;
import io.skyport.catalog.ObjectName;
import io.skyport.catalog.Routine;
import io.skyport.engine.LiveTable;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.dialect.EngineNames;
import io.skyport.sql.dialect.EngineOperators;
import io.skyport.sql.functions.Synonym;
import io.skyport.sql.functions.Synonyms;
import io.skyport.sql.names.ObjectNames;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/** Writes calls of functions: those with a syntax of their own, aggregates, windows, and all others by name. */
final class FunctionPrinter {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private static final Set<String> MYSQL_NAMES = Set.of("database", "schema", "user");

    private static final Set<String> USER_NAMES = Set.of("current_user", "session_user");

    /** They run text or change the engine: nothing that the grammar has not read may reach it. */
    private static final Set<String> REFUSED = Set.of(
            "query",
            "query_table",
            "json_execute_serialized_sql",
            "json_deserialize_sql",
            "json_serialize_plan",
            "from_substrait",
            "from_substrait_json",
            "arrow_scan",
            "arrow_scan_dumb",
            "checkpoint",
            "force_checkpoint",
            "set_config",
            "enable_logging",
            "disable_logging",
            "enable_profiling",
            "disable_profiling",
            "truncate_duckdb_logs",
            "write_log",
            "getenv",
            "duckdb_secrets",
            "which_secret");

    /** Table functions whose first argument is a file, a glob or a list of them. */
    private static final Pattern READS_FILES = Pattern.compile("read_.*|parquet_.*|.*_scan|.*_scan_.*|glob|sniff_csv");

    private static final Pattern FROM = Pattern.compile("\\bfrom\\b");

    /** A name in double quotes, or one without. */
    private static final Pattern NAME_PART = Pattern.compile("\"((?:[^\"]|\"\")*)\"|([^\".]+)");

    /** Table functions whose argument is the name of a table. */
    private static final Set<String> TAKE_TABLES =
            Set.of("pragma_table_info", "pragma_show", "pragma_storage_info", "duckdb_table_sample");

    /** Options of functions that read files which make the engine keep tables of its own, for whoever comes next. */
    private static final Set<String> KEEP_TABLES =
            Set.of("store_rejects", "rejects_table", "rejects_scan", "rejects_limit");

    /** Table functions whose first argument is a table itself, as a name. */
    private static final Set<String> TAKE_TABLE_NAMES = Set.of("histogram", "histogram_values");

    /** Functions of windows that are aggregates elsewhere, and what the engine calls those. */
    private static final Map<String, String> AGGREGATES_OF_WINDOWS =
            Map.of("first_value", "first", "last_value", "last");

    /** Functions made of one that asks for the time, which cannot be stopped. */
    private static final Set<String> RUN_ON =
            Set.of("sysdate", "curtime", "curdate", "utc_timestamp", "getdate", "age");

    private static final Set<String> SEQUENCES = Set.of("nextval", "currval");

    private final Printer printer;
    private final KnownFunctions knownFunctions;
    private final JsonPrinter json;
    private final ClockPrinter clock;
    private final SpecialFunctionPrinter special;
    private final SynonymPrinter synonyms;
    private final OrderedSetPrinter orderedSets;
    private @Nullable SqlCall openSum;
    private boolean windowed;

    FunctionPrinter(Printer printer, KnownFunctions knownFunctions) {
        this.printer = printer;
        this.knownFunctions = knownFunctions;
        this.json = new JsonPrinter(printer);
        this.clock = new ClockPrinter(printer);
        this.special = new SpecialFunctionPrinter(printer);
        this.synonyms = new SynonymPrinter(printer);
        this.orderedSets = new OrderedSetPrinter(printer, this);
    }

    private EngineWriter writer() {
        return printer.writer();
    }

    /** Writes what a name like CURRENT_SCHEMA means for the session; false if it is just a name. */
    boolean contextVariable(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (USER_NAMES.contains(lower)) {
            user(name);
            return true;
        }
        String value = switch (lower) {
            case "current_catalog", "current_database" ->
                printer.names().context().database();
            case "current_schema" -> printer.names().context().schema();
            default -> null;
        };
        if (value == null) {
            return clock.variable(name);
        }
        printer.foundUnlabelled();
        writer().literal(value);
        return true;
    }

    /** The engine knows one user alone. */
    private void user(String name) {
        if (printer.askedLater()) {
            throw new SkyportException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    name.toUpperCase(Locale.ROOT)
                            + " depends on who asks: views, macros and defaults cannot ask for it");
        }
        printer.foundUnlabelled();
        writer().sql(printer.names().viewer());
    }

    void print(SqlCall call) {
        SqlCall sum = Sums.in(call);
        if (sum == null || sum == openSum) {
            written(call);
            return;
        }
        SqlCall outer = openSum;
        openSum = sum;
        int index = writer().next(Hole.Kind.SUM_START);
        writer().hole(Hole.Kind.SUM_START, index, "");
        written(call);
        writer().hole(Hole.Kind.SUM_END, index, "");
        openSum = outer;
    }

    private void written(SqlCall call) {
        switch (call.getKind()) {
            case OVER -> {
                windowed = true;
                orderedSets.windowed(call.operand(0));
                windowed = false;
                writer().sql(" OVER ");
                printer.expressions().windows().over(call.operand(1));
            }
            case FILTER -> {
                print(call.operand(0));
                filter(call.operand(1));
            }
            case WITHIN_GROUP -> orderedSets.print(call);
            case IGNORE_NULLS -> function(call.operand(0), " IGNORE NULLS");
            case RESPECT_NULLS -> function(call.operand(0), " RESPECT NULLS");
            case EXTRACT -> special.extract(call);
            case TRIM -> special.trim(call);
            case POSITION -> special.position(call);
            case FLOOR, CEIL -> special.round(call);
            case TIMESTAMP_ADD -> special.timestampAdd(call);
            case TIMESTAMP_DIFF -> special.timestampDiff(call);
            case JDBC_FN -> special.jdbc(call);
            case NEXT_VALUE, CURRENT_VALUE -> special.sequence(call);
            default -> {
                if (!clock.print(call) && !json.print(call)) {
                    function(call, "");
                }
            }
        }
    }

    void filter(SqlNode condition) {
        writer().sql(" FILTER (WHERE ");
        printer.expression(condition);
        writer().sql(")");
    }

    /** An aggregate with its order among its arguments. */
    void ordered(SqlCall aggregate, SqlNodeList order) {
        printer.foundUnlabelled();
        List<SqlNode> arguments = new ArrayList<>(aggregate.getOperandList());
        arguments.add(order);
        function(
                (SqlCall) aggregate
                        .getOperator()
                        .createCall(aggregate.getFunctionQuantifier(), aggregate.getParserPosition(), arguments),
                "");
    }

    static boolean refuses(String name) {
        return REFUSED.contains(name) || name.startsWith(LiveTable.FUNCTION_PREFIX);
    }

    static boolean isPlain(String name) {
        return PLAIN.matcher(name).matches();
    }

    void noteVolatility(String name) {
        if (knownFunctions.isVolatile(name)) {
            printer.foundVolatile();
        }
    }

    /** A function in FROM. */
    void tableFunction(SqlNode node) {
        SqlCall call = (SqlCall) node;
        if (routine(call).isPresent()) {
            function(call, "");
        } else if (TAKE_TABLE_NAMES.contains(name(call)) && call.operandCount() > 0) {
            ofTable(call, tableName(call.operand(0)));
        } else if (READS_FILES.matcher(name(call)).matches() && call.operandCount() > 0) {
            fileFunction(call);
        } else {
            function(call, "");
        }
    }

    /** The engine itself would look for files too, and for tables that are not this session's. */
    private static SqlIdentifier tableName(SqlNode argument) {
        if (argument instanceof SqlIdentifier name) {
            return name;
        }
        if (argument instanceof SqlLiteral literal && SqlTypeName.CHAR_TYPES.contains(literal.getTypeName())) {
            List<String> parts = parts(Objects.requireNonNull(literal.getValueAs(String.class)), literal);
            return new SqlIdentifier(parts, literal.getParserPosition());
        }
        throw Printer.error(
                ErrorCode.FEATURE_NOT_SUPPORTED,
                "the table that a function takes is given first, as a name or as a literal",
                argument);
    }

    private void ofTable(SqlCall call, SqlIdentifier table) {
        ObjectName name = printer.names().table(table);
        printer.reads(name);
        writer().at(call.getParserPosition()).sql(name(call) + "(");
        printer.name(name, table);
        for (SqlNode argument : call.getOperandList().subList(1, call.operandCount())) {
            writer().sql(", ");
            argument("", argument);
        }
        writer().sql(")");
    }

    /**
     * The engine's own sandbox lets database files and spilled data through. So the files must stand in the text, where
     * they can be checked.
     */
    private void fileFunction(SqlCall call) {
        writer().at(call.getParserPosition()).sql(name(call) + "(");
        SqlNode files = call.operand(0);
        if (files instanceof SqlCall list
                && (list.getKind() == SqlKind.ARRAY_VALUE_CONSTRUCTOR || list.getOperator() == EngineOperators.LIST)) {
            String separator = "[";
            for (SqlNode file : list.getOperandList()) {
                writer().sql(separator);
                file(file);
                separator = ", ";
            }
            writer().sql("]");
        } else {
            file(files);
        }
        for (SqlNode option : call.getOperandList().subList(1, call.operandCount())) {
            writer().sql(", ");
            requireNothingKept(option);
            argument("", option);
        }
        writer().sql(")");
    }

    private static void requireNothingKept(SqlNode option) {
        if (option.getKind() == SqlKind.ARGUMENT_ASSIGNMENT) {
            String name = ((SqlCall) option).operand(1).toString().toLowerCase(Locale.ROOT);
            if (KEEP_TABLES.contains(name)) {
                throw Printer.error(
                        ErrorCode.FEATURE_NOT_SUPPORTED, "the option \"" + name + "\" is not available", option);
            }
        }
    }

    private void file(SqlNode file) {
        if (!(file instanceof SqlLiteral literal) || !SqlTypeName.CHAR_TYPES.contains(literal.getTypeName())) {
            throw Printer.error(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "the files that a function reads are given as a literal or as ARRAY[...] of literals",
                    file);
        }
        String location = Objects.requireNonNull(literal.getValueAs(String.class));
        writer().literal(printer.names().file(location, file));
    }

    static String name(SqlCall call) {
        SqlIdentifier identifier =
                call.getOperator() instanceof SqlFunction function ? function.getSqlIdentifier() : null;
        return (identifier == null ? call.getOperator().getName() : Util.last(identifier.names))
                .toLowerCase(Locale.ROOT);
    }

    private void function(SqlCall call, String nulls) {
        boolean window = windowed;
        windowed = false;
        if (!(call.getOperator() instanceof SqlFunction function)) {
            throw Printer.unsupported(call.getOperator().getName(), call);
        }
        SqlIdentifier identifier = function.getSqlIdentifier();
        String name = identifier == null ? function.getName() : identifier.names.get(identifier.names.size() - 1);
        String lower = name.toLowerCase(Locale.ROOT);
        if (refuses(lower)) {
            throw Printer.error(ErrorCode.FEATURE_NOT_SUPPORTED, "function " + lower + " is not available", call);
        }
        Optional<Routine> routine = routine(call);
        if (routine.isPresent()) {
            userFunction(routine.get(), Objects.requireNonNull(identifier), call, nulls);
            return;
        }
        if (RUN_ON.contains(lower)) {
            printer.names().foundRunningTime();
        }
        if (call.operandCount() == 0 && contextVariable(lower)) {
            return;
        }
        if (call.operandCount() == 0 && MYSQL_NAMES.contains(lower)) {
            contextVariable("current_" + lower);
            return;
        }
        if (isUnquoted(identifier) && (synonyms.special(lower, call) || synonym(lower, call, nulls))) {
            return;
        }
        if (isUnquoted(identifier) && !window && AGGREGATES_OF_WINDOWS.containsKey(lower)) {
            printer.foundUnlabelled();
            writer().at(call.getParserPosition()).sql(AGGREGATES_OF_WINDOWS.getOrDefault(lower, lower));
            arguments(lower, call, nulls);
            return;
        }
        noteVolatility(lower);
        writer().at(call.getParserPosition());
        if (lower.equals("overlay")) {
            special.overlay(call);
        } else {
            writer().sql(spelling(function, identifier));
            arguments(lower, call, nulls);
        }
    }

    private static boolean isUnquoted(@Nullable SqlIdentifier identifier) {
        return identifier == null || identifier.isSimple() && !identifier.isComponentQuoted(0);
    }

    /** What another server's function is here; false if the name is none of theirs. */
    private boolean synonym(String name, SqlCall call, String nulls) {
        Optional<Synonym> synonym = Synonyms.find(name, call.operandCount());
        synonym.ifPresent(found -> {
            if (found.isName()) {
                noteVolatility(found.form());
                printer.foundUnlabelled();
                writer().at(call.getParserPosition()).sql(found.form());
                arguments(found.form(), call, nulls);
            } else {
                synonyms.expression(found, call);
            }
        });
        return synonym.isPresent();
    }

    /** A function that users made goes before one of the engine that has its name, as in the engine. */
    private Optional<Routine> routine(SqlCall call) {
        SqlIdentifier identifier =
                call.getOperator() instanceof SqlFunction function ? function.getSqlIdentifier() : null;
        if (identifier == null) {
            return Optional.empty();
        }
        ObjectNames objects = printer.names().objects();
        // What is temporary never has the name of one of the engine's functions, and takes long to load.
        boolean lasting = identifier.isSimple() && knownFunctions.isBuiltIn(identifier.getSimple());
        return (lasting ? objects.findLastingRoutine(identifier.names) : objects.findRoutine(identifier.names))
                .stream().findFirst();
    }

    private void userFunction(Routine function, SqlIdentifier asWritten, SqlCall call, String nulls) {
        if (knownFunctions.isVolatile(function)) {
            printer.foundVolatile();
        }
        if (mayReadTables(function)) {
            printer.reads(function.name());
        }
        printer.fullName(function.name(), asWritten);
        writer().at(call.getParserPosition()).name(function.name());
        arguments("", call, nulls);
    }

    /** By itself, or by calling another one. */
    private boolean mayReadTables(Routine function) {
        String definition = function.definition().toLowerCase(Locale.ROOT);
        CatalogSnapshot catalog = printer.names().catalog();
        return function.inFrom()
                || FROM.matcher(definition).find()
                || catalog.routines().names().stream().anyMatch(definition::contains)
                || catalog.temporaryRoutines().names().stream().anyMatch(definition::contains);
    }

    /** Bare where possible: some names, like COALESCE, are functions only without quotes. */
    private static String spelling(SqlFunction function, @Nullable SqlIdentifier identifier) {
        if (identifier == null) {
            return function == SqlLibraryOperators.TRANSLATE3 ? "translate" : function.getName();
        }
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < identifier.names.size(); i++) {
            String part = identifier.names.get(i);
            boolean bare =
                    !identifier.isComponentQuoted(i) && PLAIN.matcher(part).matches();
            parts.add(bare ? part : EngineNames.quoted(part));
        }
        return String.join(".", parts);
    }

    private void arguments(String name, SqlCall call, String nulls) {
        writer().sql("(");
        SqlLiteral quantifier = call.getFunctionQuantifier();
        if (quantifier != null) {
            writer().sql(quantifier.toValue() + " ");
        }
        String separator = "";
        for (SqlNode argument : separatorFirst(call.getOperandList())) {
            if (argument instanceof SqlNodeList order) {
                printer.queries().orderList(" ORDER BY ", order);
            } else if (isNullTreatment(argument)) {
                writer().sql(" " + ((SqlCall) argument).getOperator().getName());
            } else if (call == openSum) {
                summed(argument);
            } else {
                writer().sql(separator);
                argument(name, argument);
            }
            separator = ", ";
        }
        writer().sql(nulls + ")");
    }

    private void summed(SqlNode argument) {
        int index = writer().next(Hole.Kind.ARGUMENT_START);
        writer().hole(Hole.Kind.ARGUMENT_START, index, "");
        printer.expression(argument);
        writer().hole(Hole.Kind.ARGUMENT_END, index, "");
    }

    /** A separator is an argument like others to the engine: it stands before ORDER BY. */
    private static List<SqlNode> separatorFirst(List<SqlNode> arguments) {
        int order = Util.range(arguments.size()).stream()
                .filter(i -> arguments.get(i) instanceof SqlNodeList)
                .findFirst()
                .orElse(-1);
        if (order < 0
                || order + 1 >= arguments.size()
                || arguments.get(order + 1).getKind() != SqlKind.SEPARATOR) {
            return arguments;
        }
        List<SqlNode> sorted = new ArrayList<>(arguments);
        Collections.swap(sorted, order, order + 1);
        return sorted;
    }

    private static boolean isNullTreatment(SqlNode argument) {
        return argument instanceof SqlCall call
                && (call.getOperator() == EngineOperators.IGNORE_NULLS
                        || call.getOperator() == EngineOperators.RESPECT_NULLS);
    }

    void argument(String name, SqlNode argument) {
        if (argument.getKind() == SqlKind.ARGUMENT_ASSIGNMENT) {
            SqlCall assignment = (SqlCall) argument;
            printer.name((SqlIdentifier) assignment.operand(1));
            writer().sql(" := ");
            printer.expression(assignment.operand(0));
        } else if (argument.getKind() == SqlKind.SEPARATOR) {
            printer.expression(((SqlCall) argument).operand(0));
        } else if (SEQUENCES.contains(name)) {
            sequenceName(argument);
        } else if (TAKE_TABLES.contains(name)) {
            ObjectName table = printer.names().table(tableName(argument));
            printer.reads(table);
            writer().literal(Printer.nameInText(table, argument));
        } else if (argument instanceof SqlIntervalQualifier unit) {
            writer().literal(ExpressionPrinter.unit(unit));
        } else {
            printer.expression(argument);
        }
    }

    /** nextval('sequence') */
    private void sequenceName(SqlNode argument) {
        if (!(argument instanceof SqlLiteral literal) || !SqlTypeName.CHAR_TYPES.contains(literal.getTypeName())) {
            throw Printer.error(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "nextval and currval take the sequence's name as a literal",
                    argument);
        }
        List<String> parts = parts(Objects.requireNonNull(literal.getValueAs(String.class)), literal);
        SqlIdentifier identifier = new SqlIdentifier(parts, literal.getParserPosition());
        printer.foundUnlabelled();
        writer().literal(Printer.nameInText(printer.sequence(identifier), argument));
    }

    /** The names in a text, which may be quoted in it. */
    private static List<String> parts(String name, SqlNode source) {
        List<String> parts = new ArrayList<>();
        Matcher part = NAME_PART.matcher(name);
        int at = 0;
        while (at <= name.length() && part.find(at) && part.start() == at) {
            parts.add(part.group(1) == null ? part.group(2) : part.group(1).replace("\"\"", "\""));
            at = part.end() + 1;
            if (part.end() < name.length() && name.charAt(part.end()) != '.') {
                break;
            }
        }
        if (at <= name.length() || parts.contains("")) {
            throw Printer.error(ErrorCode.SYNTAX_ERROR, "\"" + name + "\" is not the name of a sequence", source);
        }
        return parts;
    }
}
