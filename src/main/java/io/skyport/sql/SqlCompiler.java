package io.skyport.sql;

import io.skyport.catalog.Catalog;
import io.skyport.catalog.CatalogSnapshot;
import io.skyport.catalog.ObjectName;
import io.skyport.catalog.OwnCatalog;
import io.skyport.catalog.SqlType;
import io.skyport.engine.AllowedDirectories;
import io.skyport.engine.Engine;
import io.skyport.engine.EngineColumn;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.functions.EngineFunctions;
import io.skyport.sql.names.Names;
import io.skyport.sql.names.Origins;
import io.skyport.sql.print.EngineText;
import io.skyport.sql.print.Returning;
import io.skyport.sql.statement.Compilation;
import io.skyport.sql.statement.Draft;
import io.skyport.sql.statement.KeyedQuery;
import io.skyport.sql.substrait.SubstraitPlans;
import io.skyport.sql.text.SqlText;
import io.skyport.sql.validate.Validator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/**
 * Compiles SQL texts: read by the grammar, names looked up in the catalog, written for the engine, types asked of it.
 * What is compiled is kept. Thread-safe.
 */
public final class SqlCompiler {

    private final Catalog catalog;
    private final AllowedDirectories files;
    private final EngineFunctions functions;
    private final Validator validator;
    private final Engine engine;
    private final PlanCache cache;
    private final ColumnLabels labels;
    private final long maxLength;
    private final int maxPivotValues;
    private final SubstraitPlans plans;
    private final ServerFacts server;

    /** A compiler without a server around it. */
    public SqlCompiler(Catalog catalog, Engine engine, AllowedDirectories files, SqlProperties properties) {
        this(catalog, engine, files, properties, ServerFacts.NONE);
    }

    /** @param files the only directories whose files a statement may name */
    public SqlCompiler(
            Catalog catalog, Engine engine, AllowedDirectories files, SqlProperties properties, ServerFacts server) {
        this.server = server;
        this.files = files;
        this.catalog = catalog;
        this.functions = new EngineFunctions(engine, catalog);
        this.validator = new Validator(functions);
        this.engine = engine;
        this.cache = new PlanCache(properties.planCacheSize());
        this.labels = new ColumnLabels(properties.planCacheSize());
        this.maxLength = properties.maxStatementBytes();
        this.maxPivotValues = properties.maxPivotValues();
        this.plans = new SubstraitPlans(
                properties.maxStatementBytes(), properties.maxPlanDepth(), properties.planCacheSize());
    }

    /**
     * The one statement of {@code text}, as a session with {@code context} means it.
     *
     * @throws SkyportException with the position in {@code text} of what is wrong: 42601 for syntax, 42xxx for names and
     *     types, 0A000 for what the engine cannot do, 54000 and 54001 for texts too long or too deep
     */
    public CompiledStatement compile(String text, SqlContext context) {
        if (!SubstraitPlans.made(text)) {
            return cached(text, context);
        }
        try {
            return cached(text, context);
        } catch (SkyportException failure) {
            // No client has seen the text that the position is in.
            throw new SkyportException(failure.code(), failure.text(), failure);
        }
    }

    private CompiledStatement cached(String text, SqlContext context) {
        PlanCache.Key key = new PlanCache.Key(text, context, catalog.version());
        return cache.get(key).orElseGet(() -> {
            Compiled compiled = compileNew(text, context);
            if (!compiled.once()) {
                cache.put(compiled.named() ? key : key.withoutNames(), compiled.statement());
            }
            return compiled.statement();
        });
    }

    /**
     * The text to compile for a Substrait plan.
     *
     * @throws SkyportException what {@link SubstraitPlans#text} throws
     */
    public String textOf(byte[] plan) {
        return plans.text(plan);
    }

    /** Makes the first statement of a client as fast as the others: loads classes, functions and the catalog. */
    public void warmUp(SqlContext context) {
        for (int i = 0; i < WarmUpTexts.ROUNDS; i++) {
            WarmUpTexts.ALL.forEach(text -> compileNew(text, context));
        }
        try {
            compileNew(WarmUpTexts.MISTAKEN, context);
        } catch (SkyportException expected) {
            requireNotFatal(expected);
        }
    }

    private static void requireNotFatal(SkyportException failure) {
        if (failure.code().fatal()) {
            throw failure;
        }
    }

    /** The longest text that it reads, in bytes. */
    public int maxTextBytes() {
        return (int) Math.min(maxLength, Integer.MAX_VALUE - 1);
    }

    /** How many statements were found compiled. */
    public long cacheHits() {
        return cache.hits();
    }

    /** How many had to be compiled. */
    public long cacheMisses() {
        return cache.misses();
    }

    /** How many are kept compiled. */
    public long cacheSize() {
        return cache.size();
    }

    /** Forgets those that are kept compiled: each is compiled anew when it comes again. */
    public void clearCache() {
        cache.clear();
    }

    /**
     * @param once whether another run might need other columns
     * @param named whether it depends on what EXECUTE runs
     */
    private record Compiled(CompiledStatement statement, boolean once, boolean named) {}

    private Compiled compileNew(String text, SqlContext context) {
        requireLength(text);
        return compiled(text, SqlText::parse, context);
    }

    /**
     * A query as one of a keyset cursor.
     *
     * @throws SkyportException 0A000 if it is none of rows of one table with a key, or what {@link #compile} throws
     */
    public Keyset keyset(String text, SqlContext context) {
        requireLength(text);
        try {
            KeyedQuery whole = KeyedQuery.of(SqlText.parse(text), names(context));
            KeyedQuery row = KeyedQuery.of(SqlText.parse(text), names(context));
            CompiledStatement members =
                    compiled(text, ignored -> whole.whole(), context).statement();
            return Keyset.of(members, row(text, row, context), whole.width());
        } catch (SkyportException failure) {
            throw failure.code() == ErrorCode.GROUPING_ERROR ? Keyset.unusable("it groups rows") : failure;
        } catch (StackOverflowError failure) {
            throw new SkyportException(ErrorCode.STATEMENT_TOO_COMPLEX, "the statement is nested too deeply", failure);
        }
    }

    private CompiledStatement row(String text, KeyedQuery query, SqlContext context) {
        try {
            return compiled(text, ignored -> query.row(), context).statement();
        } catch (SkyportException failure) {
            throw failure.code() == ErrorCode.UNDEFINED_PARAMETER
                    ? Keyset.unusable("parameters of its order and limits must have the last numbers")
                    : failure;
        }
    }

    private Names names(SqlContext context) {
        OwnCatalog own = context.own();
        CatalogSnapshot snapshot = own == null ? catalog.snapshot() : own.with(catalog.snapshot());
        return new Names(snapshot, context, files);
    }

    private Compiled compiled(String text, Function<String, SqlNode> parser, SqlContext context) {
        try {
            SqlNode node = parser.apply(text);
            OwnCatalog own = context.own();
            EngineForms forms = new EngineForms(own == null ? engine : own.connections(), labels);
            Names names = names(context);
            AskedPivotValues pivotValues = new AskedPivotValues(forms, text, maxPivotValues);
            Draft draft = new Compilation(text, names, functions, pivotValues, server).draft(node);
            if (draft.change() instanceof SessionChange.Prepare prepare) {
                requireTypes(prepare, text, context);
            }
            CompiledStatement statement = switch (draft.kind()) {
                case SESSION, DDL -> untyped(text, draft, names, forms);
                case QUERY, DML -> typed(text, draft, names, new Typing(forms, context.parameters()));
            };
            return new Compiled(statement, pivotValues.asked(), names.preparedAsked());
        } catch (StackOverflowError failure) {
            throw new SkyportException(ErrorCode.STATEMENT_TOO_COMPLEX, "the statement is nested too deeply", failure);
        }
    }

    /** What is prepared must be right now, not only when it is executed; blanks keep positions what they are in the text. */
    private void requireTypes(SessionChange.Prepare prepare, String text, SqlContext context) {
        int start = text.length() - prepare.statement().text().length();
        compileNew(text.substring(0, start).replaceAll("\\S", " ") + text.substring(start), context);
    }

    private void requireLength(String text) {
        boolean surely = text.length() * 3L <= maxLength;
        if (!surely && text.getBytes(StandardCharsets.UTF_8).length > maxLength) {
            throw new SkyportException(
                    ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                    "the statement is longer than " + maxLength + " bytes (skyport.sql.max-statement-length)");
        }
    }

    private CompiledStatement untyped(String text, Draft draft, Names names, EngineForms forms) {
        EngineText.Filled filled = draft.text().fill(forms.ofUndescribed(draft.text()));
        return statement(text, draft, filled, List.of(), List.of(), null, List.of(), names.asked());
    }

    private CompiledStatement typed(String text, Draft draft, Names names, Typing typing) {
        Typing.Typed typed = typing.typed(draft, validator.later(draft.checked(), names), text);
        List<StatementParameter> parameters = new ArrayList<>();
        for (int i = 0; i < typed.parameters().size(); i++) {
            parameters.add(new StatementParameter(
                    i + 1, typed.parameters().get(i), typed.open().contains(i)));
        }
        if (draft.kind() == StatementKind.DML) {
            return changing(text, draft, names, typed, parameters);
        }
        List<ResultColumn> columns = columns(typed, draft, origins(typed, draft, names));
        EngineText.Filled wire = draft.wrappable() ? WireQuery.of(typed, columns) : typed.text();
        return statement(text, draft, wire, parameters, columns, null, List.of(), names.asked());
    }

    private static CompiledStatement changing(
            String text, Draft draft, Names names, Typing.Typed typed, List<StatementParameter> parameters) {
        Returning returning = draft.returning();
        List<ResultColumn> columns = returning == null ? List.of() : columns(typed, draft, returning.origins());
        EngineText.Filled wire = WireReturning.of(draft, typed, columns);
        List<EngineStatement> noted =
                draft.noted().stream().map(each -> noted(each, typed)).toList();
        return statement(text, draft, wire, parameters, columns, streamed(draft, typed), noted, names.asked());
    }

    /** Its parameters are numbered anew: it need not have all that the statement has. */
    private static EngineStatement noted(EngineText text, Typing.Typed typed) {
        List<Integer> used = new ArrayList<>();
        EngineText.Filled filled = text.fill(typed.form(), parameter -> {
            if (!used.contains(parameter)) {
                used.add(parameter);
            }
            return "CAST($" + (used.indexOf(parameter) + 1) + " AS "
                    + typed.parameters().get(parameter).name() + ")";
        });
        return new EngineStatement(filled.sql(), filled.sourceMap(), used);
    }

    private static List<@Nullable ObjectName> origins(Typing.Typed typed, Draft draft, Names names) {
        SqlNode query = draft.checked();
        List<String> labels =
                typed.description().columns().stream().map(EngineColumn::name).toList();
        return query != null && query.isA(SqlKind.QUERY)
                ? Origins.of(query, names, labels)
                : Collections.nCopies(labels.size(), null);
    }

    private static List<ResultColumn> columns(Typing.Typed typed, Draft draft, List<@Nullable ObjectName> origins) {
        List<EngineColumn> engine = typed.description().columns();
        boolean known = origins.size() == engine.size();
        List<ResultColumn> columns = new ArrayList<>();
        for (int i = 0; i < engine.size(); i++) {
            columns.add(new ResultColumn(
                    draft.labels().label(engine.get(i).name(), typed.form().casts()),
                    SqlType.parse(engine.get(i).typeName()),
                    known ? origins.get(i) : null));
        }
        return columns;
    }

    private static @Nullable StreamedInsert streamed(Draft draft, Typing.Typed typed) {
        EngineText stream = draft.streamed();
        return stream == null
                ? null
                : StreamedInsert.of(
                        Draft.STREAM_NAME,
                        stream.fill(
                                        typed.form(),
                                        parameter -> "CAST(\"p\".\"p" + (parameter + 1) + "\" AS "
                                                + typed.parameters()
                                                        .get(parameter)
                                                        .name() + ")")
                                .sql());
    }

    private static CompiledStatement statement(
            String text,
            Draft draft,
            EngineText.Filled filled,
            List<StatementParameter> parameters,
            List<ResultColumn> columns,
            @Nullable StreamedInsert streamed,
            List<EngineStatement> noted,
            Asked asked) {
        return new CompiledStatement(
                text,
                draft.kind(),
                filled.sql(),
                parameters,
                columns,
                draft.reads(),
                draft.writes(),
                draft.isVolatile(),
                streamed,
                draft.change(),
                SubstraitPlans.made(text) ? SourceMap.EMPTY : filled.sourceMap(),
                draft.preparation(),
                RecordedQuery.filled(draft.companions(), filled.sql()).preceded(noted),
                draft.keys().copy(),
                asked,
                Objects.requireNonNull(draft.command()));
    }
}
