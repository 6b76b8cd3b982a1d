package io.skyport.session;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.CompiledStatement;
import io.skyport.sql.Keyset;
import io.skyport.sql.ResultColumn;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Opens the rows of a cursor.
 *
 * @param clock of the statement that opens it
 * @param meaning of the text while the cursor is open
 * @param values of the parameters, as the client gave them
 * @param streams the engine's connections that cursors keep
 * @param running called with what interrupts a statement; ended with it
 */
record OpeningCursor(
        StatementClock clock,
        Meaning meaning,
        List<? extends @Nullable Object> values,
        Scope scope,
        OwnConnections streams,
        Running.Entering running,
        Cancellation cancellation) {

    private StatementRunner runner() {
        return meaning.runner();
    }

    private String text() {
        return clock.text();
    }

    /** A fetch is a statement of its own. */
    private StatementClock fetchClock() {
        return meaning.author().clock(text());
    }

    /** What was opened. */
    record Opened(List<ResultColumn> columns, CursorRows rows) {}

    Opened open(CompiledStatement query, CursorType type) {
        return switch (type) {
            case FORWARD_ONLY -> new Opened(query.columns(), forward(query));
            case STATIC -> new Opened(query.columns(), new StaticRows(copied(query, fitted(query))));
            case KEYSET -> keyset(query);
            case DYNAMIC -> dynamic(query);
        };
    }

    private List<@Nullable Object> fitted(CompiledStatement query) {
        return ParameterValues.fit(values, query.parameters());
    }

    private SpooledRows copied(CompiledStatement query, List<@Nullable Object> parameters) {
        try (QueryStream stream = runner().query(clock, query, List.of(parameters), scope, running);
                Cancellation.Registration ignored = cancellation.onCancel(stream::interrupt)) {
            return SpooledRows.of(stream, runner().engine(), runner().allocator());
        }
    }

    /** In no transaction, the stream keeps a connection of the engine from others while nobody reads it. */
    private CursorRows forward(CompiledStatement query) {
        List<List<@Nullable Object>> parameters = List.of(fitted(query));
        boolean counted = scope instanceof Autocommit;
        if (counted) {
            streams.takeOne();
        }
        boolean begun = false;
        try {
            QueryStream stream = begun(query, parameters);
            begun = true;
            return new ForwardRows(stream, running, counted ? streams::giveOneBack : () -> {});
        } finally {
            if (!begun && counted) {
                streams.giveOneBack();
            }
        }
    }

    private QueryStream begun(CompiledStatement query, List<List<@Nullable Object>> parameters) {
        QueryStream stream = runner().query(clock, query, parameters, scope, running);
        boolean begun = false;
        try (Cancellation.Registration ignored = cancellation.onCancel(stream::interrupt)) {
            stream.begin();
            stream.rest();
            begun = true;
            return stream;
        } finally {
            if (!begun) {
                stream.close();
            }
        }
    }

    private Opened keyset(CompiledStatement query) {
        Keyset keyset = runner().keyset(clock, meaning.context(query, scope));
        List<@Nullable Object> parameters = fitted(keyset.members());
        SpooledRows keys = copied(keyset.members(), parameters);
        KeysetRows rows = new KeysetRows(
                keyset,
                keys,
                parameters,
                (statement, bound, now) -> runner().query(fetchClock(), statement, List.of(bound), now, running));
        return new Opened(keyset.columns(), rows);
    }

    private Opened dynamic(CompiledStatement query) {
        List<@Nullable Object> parameters = fitted(query);
        return new Opened(query.columns(), new DynamicRows(now -> {
            StatementClock fetch = fetchClock();
            return runner().query(fetch, again(fetch, query, now), List.of(parameters), now, running);
        }));
    }

    /** The text may mean something else by now. */
    private CompiledStatement again(StatementClock fetch, CompiledStatement query, Scope now) {
        CompiledStatement compiled = meaning.of(fetch, now, Map.of());
        if (!AnnouncedColumns.same(query.columns(), compiled.columns())) {
            throw new SkyportException(
                    ErrorCode.INVALID_CURSOR_STATE,
                    "the columns of the cursor's query are others than when it was opened: open it again");
        }
        return compiled;
    }
}
