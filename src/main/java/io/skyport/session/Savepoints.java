package io.skyport.session;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The places of one transaction to come back to, in their order. Used by one thread at a time. */
final class Savepoints {

    private final List<Savepoint> places = new ArrayList<>();

    /**
     * A place to come back to.
     *
     * @param id opaque
     * @param position how much of the log was before it
     * @param commitActions how many of the actions after the commit were before it
     * @param cursors how many cursors were opened before it
     */
    record Savepoint(String id, String name, int position, int commitActions, int cursors) {}

    /** In front of those of the same name. */
    Savepoint add(String name, int position, int commitActions, int cursors) {
        Savepoint savepoint = new Savepoint(Handles.next(), name, position, commitActions, cursors);
        places.add(savepoint);
        return savepoint;
    }

    /** Forgets one, given as to {@link #back}, and those behind it. */
    void release(String idOrName) {
        forgetFrom(position(idOrName));
    }

    /**
     * The one to go back to; those behind it are forgotten.
     *
     * @param idOrName an id, or the name, in which ASCII case is ignored, of the last one called so
     * @throws SkyportException 3B001 if there is none
     */
    Savepoint back(String idOrName) {
        int position = position(idOrName);
        forgetFrom(position + 1);
        return places.get(position);
    }

    private int position(String idOrName) {
        for (int i = places.size() - 1; i >= 0; i--) {
            Savepoint savepoint = places.get(i);
            if (savepoint.id().equals(idOrName) || same(savepoint.name(), idOrName)) {
                return i;
            }
        }
        throw new SkyportException(ErrorCode.INVALID_SAVEPOINT, "savepoint \"" + idOrName + "\" does not exist");
    }

    private void forgetFrom(int position) {
        places.subList(position, places.size()).clear();
    }

    /** Whether two names are the same. */
    static boolean same(String name, String other) {
        return name.toLowerCase(Locale.ROOT).equals(other.toLowerCase(Locale.ROOT));
    }
}
