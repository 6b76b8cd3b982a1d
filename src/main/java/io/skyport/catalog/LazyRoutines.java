package io.skyport.catalog;

import io.skyport.engine.Connections;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The temporary functions of a session, loaded when a statement first asks: few have any, and it takes long. Thread-safe. */
final class LazyRoutines implements Supplier<Routines> {

    private final Connections session;
    private @Nullable Routines loaded;

    LazyRoutines(Connections session) {
        this.session = session;
    }

    @Override
    public synchronized Routines get() {
        Routines known = loaded;
        if (known == null) {
            known = Routines.temporary(session);
            loaded = known;
        }
        return known;
    }
}
