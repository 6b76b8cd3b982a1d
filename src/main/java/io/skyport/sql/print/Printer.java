package io.skyport.sql.print;

import io.skyport.catalog.ObjectName;
import io.skyport.catalog.SystemTables;
import io.skyport.catalog.TableKind;
import io.skyport.engine.Engine;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.KeyUse;
import io.skyport.sql.dialect.EngineNames;
import io.skyport.sql.dialect.EngineTypes;
import io.skyport.sql.dialect.NumberedParameter;
import io.skyport.sql.names.Names;
import io.skyport.sql.text.SqlText;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * Writes one statement for the engine from its parsed tree, which it leaves as it is. What it does not know how to write
 * is refused with 0A000: the engine reads nothing by accident.
 */
public final class Printer {

    /** How the engine begins the name of something temporary. */
    private static final String TEMPORARY_NAME = EngineNames.quoted(Engine.TEMPORARY_DATABASE) + ".";

    private final String text;
    private final Names names;
    private final KnownFunctions knownFunctions;
    private final PivotValues pivotValues;
    private final EngineWriter writer = new EngineWriter();
    private final Set<ObjectName> reads = new LinkedHashSet<>();
    private final Set<ObjectName> writes = new LinkedHashSet<>();
    private final KeyUse keys = new KeyUse(new LinkedHashSet<>(), new LinkedHashSet<>());
    private final Map<ObjectName, List<String>> written = new LinkedHashMap<>();
    private final QueryPrinter queries;
    private final FromPrinter from;
    private final ExpressionPrinter expressions;
    private Scope scope = Scope.EMPTY;
    private final BitSet parameters = new BitSet();
    private @Nullable Returning returning;
    private boolean isVolatile;
    private boolean usesTemporary;
    private boolean lasting;
    private boolean kept;
    private boolean unlabelled;
    private Set<String> macroParameters = Set.of();
    private boolean stored;
    private boolean nameless;
    private boolean numbered;
    private boolean counted;

    public Printer(String text, Names names, KnownFunctions knownFunctions, PivotValues pivotValues) {
        this.text = text;
        this.names = names;
        this.knownFunctions = knownFunctions;
        this.pivotValues = pivotValues;
        this.queries = new QueryPrinter(this);
        this.from = new FromPrinter(this);
        this.expressions = new ExpressionPrinter(this, knownFunctions);
    }

    // What statements write.

    public Printer sql(String sql) {
        writer.sql(sql);
        return this;
    }

    public Printer name(SqlIdentifier name) {
        writer.at(name.getParserPosition()).name(simple(name));
        return this;
    }

    public Printer name(ObjectName name, SqlIdentifier source) {
        writer.at(source.getParserPosition()).name(name);
        return this;
    }

    /** What is written next was made from {@code source}. */
    public Printer at(SqlNode source) {
        writer.at(source.getParserPosition());
        return this;
    }

    public Printer quoted(String name) {
        writer.name(name);
        return this;
    }

    public Printer names(SqlNodeList list) {
        writer.names(list);
        return this;
    }

    public Printer literal(String value) {
        writer.literal(value);
        return this;
    }

    public Printer query(SqlNode query) {
        int start = writer.length();
        queries.print(query);
        if (start > 0) {
            writer.query(start);
        }
        return this;
    }

    /** The body of a macro: a query or an expression. */
    public Printer body(SqlNode body, EngineText.Frame frame) {
        int start = writer.length();
        macroParameters = frame.types().keySet();
        if (frame.table()) {
            queries.print(body);
        } else {
            expressions.print(body);
        }
        macroParameters = Set.of();
        writer.query(start, frame);
        return this;
    }

    public Printer expression(SqlNode expression) {
        expressions.print(expression);
        return this;
    }

    /** An expression that is kept, and asked again whenever it is needed. */
    public Printer kept(SqlNode expression) {
        kept = true;
        expressions.print(expression);
        kept = false;
        return this;
    }

    /** What is written gives names to columns that stay: the engine's labels, in which names are full, are not for that. */
    public Printer stored() {
        stored = true;
        return this;
    }

    /** What is written is read again when rows have changed: its columns cannot depend on them. */
    public Printer lasting() {
        lasting = true;
        return this;
    }

    /** Whether what is written now is asked again later, at another time. */
    boolean askedLater() {
        return lasting || kept;
    }

    /** The values that PIVOT makes columns of, of all rows of a table, as texts in their order. */
    List<String> pivotValues(SqlNode table, SqlNode column) {
        return pivotValues(column, question -> {
            question.sql("SELECT DISTINCT CAST(\"k\" AS VARCHAR) AS \"v\" FROM (SELECT ");
            question.from.pivots().value(column);
            question.sql(" AS \"k\" FROM ");
            question.from.operand(table);
            question.sql(") WHERE \"k\" IS NOT NULL ORDER BY \"v\"");
        });
    }

    /** The values that a query behind IN finds, as texts in its order. */
    List<String> pivotValues(SqlNode query) {
        return pivotValues(
                query,
                question -> question.sql("SELECT CAST(\"k\" AS VARCHAR) FROM (")
                        .query(query)
                        .sql(") AS \"q\"(\"k\") WHERE \"k\" IS NOT NULL"));
    }

    private List<String> pivotValues(SqlNode source, Consumer<Printer> select) {
        if (lasting) {
            throw unsupported("PIVOT without its values where rows may change (write column IN (value, ...))", source);
        }
        Printer question = new Printer(text, names, knownFunctions, pivotValues);
        if (!scope.items().isEmpty()) {
            question.with(new SqlNodeList(scope.items(), SqlParserPos.ZERO));
        }
        select.accept(question);
        if (!question.parameters.isEmpty()) {
            throw unsupported("PIVOT whose values depend on parameters (write column IN (value, ...))", source);
        }
        if (question.reads.stream().anyMatch(read -> SystemTables.reserves(read.database()))) {
            throw unsupported(
                    "PIVOT without its values of what is the server's own (write column IN (value, ...))", source);
        }
        reads.addAll(question.reads);
        return pivotValues.of(question, source).stream().distinct().toList();
    }

    /** A query that reads what it has found so far under {@code name}. */
    public Printer recursiveQuery(String name, SqlNodeList columns, SqlNode query) {
        Scope outer = scope;
        writer.sql("WITH RECURSIVE ").name(name).names(columns).sql(" AS (");
        scope = scope.with(name);
        queries.print(query);
        scope = outer;
        writer.sql(") SELECT ").list("", columns, column -> name((SqlIdentifier) column), " FROM ");
        writer.name(name);
        return this;
    }

    /**
     * The engine's name of a type, with those that users made by their full names.
     *
     * @throws SkyportException 42704 if a name with a schema is no type
     */
    public String type(SqlDataTypeSpec type) {
        return EngineTypes.name(type, this::userType);
    }

    private Optional<String> userType(SqlIdentifier name) {
        Optional<ObjectName> type = names.objects()
                .findType(name.names)
                .or(() -> name.isSimple()
                        ? Optional.empty()
                        : Optional.of(names.objects().type(name)));
        type.ifPresent(found -> fullName(found, name));
        return type.map(EngineNames::quoted);
    }

    /** The full name of something stands where the client wrote {@code asWritten}: the engine's label shows that. */
    void fullName(ObjectName object, SqlIdentifier asWritten) {
        noteTemporary(object);
        if (stored) {
            foundUnlabelled();
        } else {
            renamed(object, asWritten);
        }
    }

    /** The full name of a sequence that an expression uses. */
    ObjectName sequence(SqlIdentifier name) {
        ObjectName sequence = names.objects().sequence(name);
        noteTemporary(sequence);
        return sequence;
    }

    /** The engine would read a double quote in a name as its end, and take another name for it. */
    public static String nameInText(ObjectName name, SqlNode source) {
        if ((name.database() + name.schema() + name.name()).indexOf('"') >= 0) {
            throw error(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "a name with a double quote in it cannot be given to a function as a text",
                    source);
        }
        return EngineNames.quoted(name);
    }

    private void noteTemporary(ObjectName used) {
        usesTemporary |= used.database().equals(Engine.TEMPORARY_DATABASE);
    }

    /** What is written is the engine's own text of an expression. */
    public Printer engineExpression(String expression) {
        usesTemporary |= expression.contains(TEMPORARY_NAME);
        return sql(expression);
    }

    /** Whether the statement uses a temporary sequence, type or function. */
    public boolean usesTemporaryObject() {
        return usesTemporary;
    }

    /** Whether the statement reads a temporary table or view, or uses something else that is temporary. */
    public boolean usesTemporary() {
        return usesTemporary || reads.stream().anyMatch(name -> name.database().equals(Engine.TEMPORARY_DATABASE));
    }

    /** @throws SkyportException 0A000 if the engine has a function of this name, which temporary ones would hide from it */
    public void requireNoBuiltIn(SqlIdentifier name) {
        if (knownFunctions.isBuiltIn(name.names.get(name.names.size() - 1))) {
            throw error(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "a temporary function cannot have the name of one of the engine's",
                    name);
        }
    }

    /** @throws SkyportException 0A000 if a function of this name is one that the printer refuses */
    public void requireFreeFunctionName(SqlIdentifier name) {
        if (FunctionPrinter.refuses(name.names.get(name.names.size() - 1).toLowerCase(Locale.ROOT))) {
            throw error(ErrorCode.FEATURE_NOT_SUPPORTED, "a function cannot have this name", name);
        }
    }

    /** A column's name without what it is qualified with. */
    public Printer lastName(SqlIdentifier name) {
        int last = name.names.size() - 1;
        writer.at(name.getComponentParserPosition(last)).name(name.names.get(last));
        return this;
    }

    /** {@code WITH ...}, whose names are known from here on; nothing for null. */
    public Printer with(@Nullable SqlNodeList list) {
        if (list != null) {
            queries.withList(list);
        }
        return this;
    }

    /** What stands in FROM. */
    public Printer from(SqlNode item) {
        from.print(item);
        return this;
    }

    /** {@code (a, DEFAULT, ...)} */
    public Printer row(SqlNodeList values) {
        writer.at(values.getParserPosition()).list("(", values, expressions::print, ")");
        return this;
    }

    /** {@code RETURNING ...} of a statement that writes {@code target}; nothing for null. */
    public Printer returning(@Nullable SqlNodeList items, ObjectName target) {
        if (items != null) {
            returning = new ReturningPrinter(this, target).print(items);
        }
        return this;
    }

    /** The existing table that is written; recorded as such. */
    public ObjectName written(SqlIdentifier table) {
        ObjectName name = names.table(table);
        names.catalog()
                .table(name.database(), name.schema(), name.name())
                .filter(found -> found.kind() == TableKind.MATERIALIZED_VIEW)
                .ifPresent(view -> {
                    throw error(
                            ErrorCode.WRONG_OBJECT_TYPE,
                            "materialized view \"" + name.name()
                                    + "\" is only read: REFRESH MATERIALIZED VIEW writes it",
                            table);
                });
        writes.add(name);
        return name;
    }

    public void reads(ObjectName name) {
        reads.add(name);
    }

    public void writes(ObjectName name) {
        writes.add(name);
    }

    /** Rows are written that may reference those of a table. */
    public void references(ObjectName name) {
        keys.references().add(name);
    }

    /** Keys of a table may go that others reference. */
    public void removesKeys(ObjectName name) {
        keys.removes().add(name);
    }

    /** Whether a name in FROM means what a WITH around it defines. */
    public boolean isCommonTable(SqlIdentifier name) {
        return name.isSimple() && scope.sees(name.getSimple());
    }

    // What came out.

    public EngineText text() {
        return writer.text();
    }

    public Set<ObjectName> reads() {
        return reads;
    }

    public Set<ObjectName> writes() {
        return writes;
    }

    public KeyUse keys() {
        return keys;
    }

    /** The columns of RETURNING, or null. */
    public @Nullable Returning returning() {
        return returning;
    }

    public boolean isVolatile() {
        return isVolatile;
    }

    /** What turns the engine's labels, in which tables have their full names, into those of the client's text. */
    public Labels labels() {
        return new Labels(written);
    }

    /**
     * How many parameters the statement has.
     *
     * @throws SkyportException 42P02 if a number is left out: nothing would tell its type
     */
    public int parameters() {
        int missing = parameters.nextClearBit(0);
        if (missing < parameters.length()) {
            throw new SkyportException(
                    ErrorCode.UNDEFINED_PARAMETER,
                    "there is a parameter $" + parameters.length() + " and none $" + (missing + 1));
        }
        return missing;
    }

    public Names names() {
        return names;
    }

    // What the parts of the printer share.

    EngineWriter writer() {
        return writer;
    }

    QueryPrinter queries() {
        return queries;
    }

    FromPrinter from() {
        return from;
    }

    ExpressionPrinter expressions() {
        return expressions;
    }

    Scope scope() {
        return scope;
    }

    void scope(Scope inner) {
        this.scope = inner;
    }

    void renamed(ObjectName table, SqlIdentifier asWritten) {
        written.putIfAbsent(table, asWritten.names);
    }

    void foundVolatile() {
        isVolatile = true;
    }

    /** The engine would not label what is being written as the client's text says. */
    void foundUnlabelled() {
        unlabelled = true;
    }

    /** The columns of the SELECT that is written next need no names: it is an operand. */
    void namelessColumns() {
        nameless = true;
    }

    /** Whether {@link #namelessColumns()} was called since the last time this was asked. */
    boolean takeNameless() {
        boolean found = nameless;
        nameless = false;
        return found;
    }

    /** Whether {@link #foundUnlabelled()} was called since the last time this was asked. */
    boolean takeUnlabelled() {
        boolean found = unlabelled;
        unlabelled = false;
        return found;
    }

    /** Whether a name means what the macro is called with: then it does, whatever columns there are. */
    boolean isMacroParameter(SqlIdentifier name) {
        return name.isSimple() && macroParameters.contains(name.getSimple().toLowerCase(Locale.ROOT));
    }

    void parameter(SqlDynamicParam parameter) {
        boolean isNumbered = parameter instanceof NumberedParameter;
        numbered |= isNumbered;
        counted |= !isNumbered;
        if (numbered && counted) {
            throw error(ErrorCode.SYNTAX_ERROR, "a statement has ? or $n parameters, not both", parameter);
        }
        if (parameter.getIndex() < 0) {
            throw error(ErrorCode.UNDEFINED_PARAMETER, "parameters are numbered from $1 to $65535", parameter);
        }
        parameters.set(parameter.getIndex());
        writer.at(parameter.getParserPosition()).parameter(parameter.getIndex());
    }

    /** The client's own words for a node. */
    String source(SqlParserPos pos) {
        int start = offset(pos.getLineNum(), pos.getColumnNum());
        int end = offset(pos.getEndLineNum(), pos.getEndColumnNum()) + 1;
        return text.substring(Math.min(start, text.length()), Math.max(start, Math.min(end, text.length())));
    }

    /** Also with the parentheses of the first and the last operand, which do not belong to their places. */
    String sourceWithParentheses(SqlParserPos pos) {
        String source = source(pos);
        int start = offset(pos.getLineNum(), pos.getColumnNum());
        int end = start + source.length();
        int open = 0;
        int missing = 0;
        for (int i = 0; i < source.length(); i++) {
            if (source.charAt(i) == '(') {
                open++;
            } else if (source.charAt(i) == ')' && open-- == 0) {
                missing++;
                open = 0;
            }
        }
        while (missing > 0 && text.substring(0, start).stripTrailing().endsWith("(")) {
            start = text.lastIndexOf('(', start - 1);
            missing--;
        }
        while (open > 0 && text.substring(end).stripLeading().startsWith(")")) {
            end = text.indexOf(')', end) + 1;
            open--;
        }
        return text.substring(start, end);
    }

    private int offset(int line, int column) {
        int offset = 0;
        for (int i = 1; i < line; i++) {
            offset = text.indexOf('\n', offset) + 1;
        }
        return offset + column - 1;
    }

    static String simple(SqlNode name) {
        return ((SqlIdentifier) name).getSimple();
    }

    static boolean isQuery(SqlNode node) {
        return node.isA(SqlKind.QUERY);
    }

    static SkyportException unsupported(String what, SqlNode node) {
        return error(ErrorCode.FEATURE_NOT_SUPPORTED, what + " is not supported", node);
    }

    static SkyportException error(ErrorCode code, String text, SqlNode node) {
        return new SkyportException(code, text, SqlText.position(node.getParserPosition()), null);
    }
}
