package io.skyport.sql.statement;

import io.skyport.catalog.ObjectName;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.Command;
import io.skyport.sql.Companions;
import io.skyport.sql.EngineStatement;
import io.skyport.sql.KeyUse;
import io.skyport.sql.Preparation;
import io.skyport.sql.SessionChange;
import io.skyport.sql.StatementKind;
import io.skyport.sql.print.EngineText;
import io.skyport.sql.print.Labels;
import io.skyport.sql.print.Printer;
import io.skyport.sql.print.Returning;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/**
 * A statement written for the engine, before the engine was asked for its types.
 *
 * @param parameters how many it has
 * @param checked what Calcite's validator can check, or null
 * @param streamed the INSERT that reads its parameters as a stream, or null
 * @param change of a SESSION statement, else null
 * @param companions what the engine runs together with it
 * @param returning the columns of RETURNING, or null
 * @param wrappable whether it may stand in another query's FROM
 * @param labels what the client expects columns without a name to be called
 * @param keys what it does to foreign keys
 * @param noted what runs last before it, with parameters of its own
 * @param command what kind of statement it is, or null while nobody said it
 */
public record Draft(
        StatementKind kind,
        EngineText text,
        int parameters,
        Set<ObjectName> reads,
        Set<ObjectName> writes,
        boolean isVolatile,
        @Nullable SqlNode checked,
        @Nullable EngineText streamed,
        @Nullable SessionChange change,
        @Nullable Preparation preparation,
        Companions companions,
        @Nullable Returning returning,
        boolean wrappable,
        Labels labels,
        KeyUse keys,
        List<EngineText> noted,
        @Nullable Command command) {

    /** The table name that a stream of parameter rows has while it is read. */
    public static final String STREAM_NAME = "skyport_parameters";

    static Draft query(Printer printer, @Nullable SqlNode checked) {
        return of(StatementKind.QUERY, printer, checked, true);
    }

    /** A query of the compiler's own. */
    public static Draft question(Printer printer) {
        return query(printer, null);
    }

    /** A query that stands only by itself: EXPLAIN. */
    static Draft bareQuery(Printer printer) {
        return of(StatementKind.QUERY, printer, null, false);
    }

    static Draft dml(Printer printer, @Nullable SqlNode checked) {
        return of(StatementKind.DML, printer, checked, false);
    }

    static Draft ddl(Printer printer) {
        return of(StatementKind.DDL, printer, null, false);
    }

    static Draft session(Printer printer, SessionChange change) {
        return of(StatementKind.SESSION, printer, null, false).changed(copy -> {
            copy.parameters = 0;
            copy.isVolatile = false;
            copy.change = change;
            copy.returning = null;
        });
    }

    Draft streaming(EngineText stream) {
        return changed(copy -> copy.streamed = stream);
    }

    /** Changes the session too, after it has run. */
    Draft changing(SessionChange other) {
        return changed(copy -> copy.change = other);
    }

    Draft prepared(@Nullable Preparation before) {
        return changed(copy -> copy.preparation = before);
    }

    /** Runs {@code printer}'s statement in the same transaction before this one, and after others that were added so. */
    Draft after(Printer printer) {
        return with(new Companions(added(companions.before(), printer), companions.repeated(), companions.after()));
    }

    /** Runs {@code printer}'s statement in the same transaction after this one, and after others that were added so. */
    Draft before(Printer printer) {
        return with(new Companions(companions.before(), companions.repeated(), added(companions.after(), printer)));
    }

    /** Runs {@code printer}'s statement in every round behind this one. */
    Draft repeating(Printer printer) {
        return with(new Companions(companions.before(), added(companions.repeated(), printer), companions.after()));
    }

    /** Runs a statement that takes this one's parameters right before this one. */
    Draft noting(EngineText statement) {
        return changed(copy ->
                copy.noted = Stream.concat(noted.stream(), Stream.of(statement)).toList());
    }

    /** That kind of statement, unless it is the kind of another that it runs. */
    Draft called(Command kindOfStatement) {
        return command == null ? changed(copy -> copy.command = kindOfStatement) : this;
    }

    private static List<EngineStatement> added(List<EngineStatement> statements, Printer printer) {
        if (printer.parameters() > 0) {
            throw new SkyportException(ErrorCode.SYNTAX_ERROR, "the statement takes no parameters");
        }
        EngineText.Filled filled = printer.text().numbered();
        return Stream.concat(statements.stream(), Stream.of(new EngineStatement(filled.sql(), filled.sourceMap())))
                .toList();
    }

    private Draft with(Companions others) {
        return changed(copy -> copy.companions = others);
    }

    /** EXPLAIN of it, which changes nothing unless it runs. */
    Draft explained(String prefix, StatementKind as) {
        boolean runs = as == StatementKind.DML;
        return changed(copy -> {
            copy.kind = as;
            copy.text = text.prefixed(prefix);
            copy.writes = runs ? writes : Set.of();
            copy.keys = runs ? keys : KeyUse.NONE;
            copy.checked = null;
            copy.streamed = null;
            copy.change = null;
            copy.preparation = null;
            copy.companions = runs ? companions : Companions.NONE;
            copy.returning = runs ? Returning.UNKNOWN : null;
            copy.wrappable = false;
            copy.noted = runs ? noted : List.of();
            copy.command = null;
        });
    }

    /** EXECUTE of it: values are in place of its parameters, and have parameters of their own. */
    Draft executed(List<EngineText> values, int parametersOfValues) {
        return changed(copy -> {
            copy.text = text.substituted(values);
            copy.parameters = parametersOfValues;
            copy.checked = null;
            copy.streamed = null;
            copy.noted = noted.stream().map(each -> each.substituted(values)).toList();
        });
    }

    private static Draft of(StatementKind kind, Printer printer, @Nullable SqlNode checked, boolean wrappable) {
        return new Draft(
                kind,
                printer.text(),
                printer.parameters(),
                printer.reads(),
                printer.writes(),
                printer.isVolatile(),
                checked,
                null,
                null,
                null,
                Companions.NONE,
                printer.returning(),
                wrappable,
                printer.labels(),
                printer.keys(),
                List.of(),
                null);
    }

    private Draft changed(Consumer<Copy> change) {
        Copy copy = new Copy(this);
        change.accept(copy);
        return copy.draft();
    }

    /** A draft that is being changed. */
    private static final class Copy {

        private final Set<ObjectName> reads;
        private final Labels labels;
        private KeyUse keys;
        private StatementKind kind;
        private EngineText text;
        private int parameters;
        private Set<ObjectName> writes;
        private boolean isVolatile;
        private @Nullable SqlNode checked;
        private @Nullable EngineText streamed;
        private @Nullable SessionChange change;
        private @Nullable Preparation preparation;
        private Companions companions;
        private @Nullable Returning returning;
        private boolean wrappable;
        private List<EngineText> noted;
        private @Nullable Command command;

        Copy(Draft draft) {
            kind = draft.kind;
            text = draft.text;
            parameters = draft.parameters;
            reads = draft.reads;
            writes = draft.writes;
            isVolatile = draft.isVolatile;
            checked = draft.checked;
            streamed = draft.streamed;
            change = draft.change;
            preparation = draft.preparation;
            companions = draft.companions;
            returning = draft.returning;
            wrappable = draft.wrappable;
            labels = draft.labels;
            keys = draft.keys;
            noted = draft.noted;
            command = draft.command;
        }

        Draft draft() {
            return new Draft(
                    kind,
                    text,
                    parameters,
                    reads,
                    writes,
                    isVolatile,
                    checked,
                    streamed,
                    change,
                    preparation,
                    companions,
                    returning,
                    wrappable,
                    labels,
                    keys,
                    noted,
                    command);
        }
    }
}
