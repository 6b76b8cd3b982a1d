package io.skyport.session;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.CompiledStatement;
import io.skyport.sql.StatementKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The open cursors of one session, by id and by name. Thread-safe. */
final class Cursors implements AutoCloseable {

    private final int limit;
    private final Quota quota;
    private final OwnState state;
    private final Statements statements;
    private final OwnConnections streams;
    private final Running.Entering running;
    private final Map<String, Cursor> byId = new ConcurrentHashMap<>();
    /** In lower case. */
    private final Map<String, Cursor> byName = new ConcurrentHashMap<>();

    private boolean closed;

    /** @param running called with what interrupts a statement; ended with it */
    Cursors(SharedParts parts, OwnState state, Statements statements, Running.Entering running) {
        this.limit = parts.properties().maxCursors();
        this.quota = parts.cursors();
        this.state = state;
        this.statements = statements;
        this.streams = parts.ownConnections();
        this.running = running;
    }

    /** Opens one, as {@link Session#openCursor} says. */
    Cursor open(
            String text,
            @Nullable String name,
            CursorOptions options,
            List<? extends @Nullable Object> parameters,
            Scope scope,
            Cancellation cancellation) {
        requireRoom(name);
        Statements.Placed placed = statements.placed(text, scope);
        return placed.told(() -> open(placed, name, options, parameters, cancellation));
    }

    private Cursor open(
            Statements.Placed placed,
            @Nullable String name,
            CursorOptions options,
            List<? extends @Nullable Object> parameters,
            Cancellation cancellation) {
        CompiledStatement query = placed.statement();
        Transaction transaction = placed.scope() instanceof Transaction open ? open : null;
        options.requireKept(transaction != null);
        if (query.kind() != StatementKind.QUERY) {
            throw new SkyportException(ErrorCode.FEATURE_NOT_SUPPORTED, "a cursor is opened over a query");
        }
        OpeningCursor.Opened opened = new OpeningCursor(
                        placed.clock(),
                        statements.meaning(),
                        parameters,
                        placed.scope(),
                        streams,
                        running,
                        cancellation)
                .open(query, options.type());
        CursorOptions sized = options.or(state.options().fetchSize());
        return added(new Cursor(name, sized, opened.columns(), opened.rows(), transaction, this::remove), transaction);
    }

    private Cursor added(Cursor cursor, @Nullable Transaction transaction) {
        boolean added = false;
        try {
            state.keep();
            add(cursor);
            if (transaction != null) {
                transaction.opened(cursor);
            }
            added = true;
            return cursor;
        } finally {
            if (!added) {
                cursor.close();
            }
        }
    }

    /** @throws SkyportException 42P03 if the name is in use, 53400 if as many are open as may */
    private synchronized void requireRoom(@Nullable String name) {
        if (closed) {
            throw new SkyportException(ErrorCode.CONNECTION_EXCEPTION, "the session is closed");
        }
        if (name != null && byName.containsKey(key(name))) {
            throw new SkyportException(
                    ErrorCode.DUPLICATE_CURSOR, "there is a cursor \"" + name + "\" already: close it first");
        }
        if (byId.size() >= limit) {
            throw new SkyportException(
                    ErrorCode.CONFIGURATION_LIMIT_EXCEEDED,
                    "The session has " + limit + " cursors already (skyport.session.max-cursors)");
        }
    }

    private synchronized void add(Cursor cursor) {
        String name = cursor.name().orElse(null);
        requireRoom(name);
        quota.take();
        byId.put(cursor.id(), cursor);
        if (name != null) {
            byName.put(key(name), cursor);
        }
    }

    private void remove(Cursor cursor) {
        if (byId.remove(cursor.id(), cursor)) {
            quota.giveBack();
        }
        cursor.name().ifPresent(name -> byName.remove(key(name), cursor));
    }

    /** @throws SkyportException 34000 if there is none */
    Cursor find(String idOrName) {
        Cursor cursor = byId.getOrDefault(idOrName, byName.get(key(idOrName)));
        if (cursor == null) {
            throw new SkyportException(
                    ErrorCode.INVALID_CURSOR_NAME,
                    "there is no cursor \"" + idOrName + "\": it was never opened, was closed, or ended with its"
                            + " transaction");
        }
        return cursor;
    }

    /** All, by their ids. */
    List<Cursor> all() {
        return byId.values().stream().sorted(Comparator.comparing(Cursor::id)).toList();
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        List<Cursor> open;
        synchronized (this) {
            closed = true;
            open = new ArrayList<>(byId.values());
        }
        open.forEach(Cursor::close);
    }
}
