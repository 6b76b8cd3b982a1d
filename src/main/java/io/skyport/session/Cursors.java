package io.skyport.session;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
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
    private final Map<String, Cursor> byId = new ConcurrentHashMap<>();
    /** In lower case. */
    private final Map<String, Cursor> byName = new ConcurrentHashMap<>();

    private boolean closed;

    Cursors(int limit) {
        this.limit = limit;
    }

    /** @throws SkyportException 42P03 if the name is in use, 53400 if as many are open as may */
    synchronized void requireRoom(@Nullable String name) {
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

    /** Fails as {@link #requireRoom} does. */
    synchronized void add(Cursor cursor) {
        String name = cursor.name().orElse(null);
        requireRoom(name);
        byId.put(cursor.id(), cursor);
        if (name != null) {
            byName.put(key(name), cursor);
        }
    }

    void remove(Cursor cursor) {
        byId.remove(cursor.id(), cursor);
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
