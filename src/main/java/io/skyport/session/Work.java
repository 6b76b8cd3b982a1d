package io.skyport.session;

import io.skyport.engine.Connections;
import io.skyport.engine.EngineConnection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A statement that writes, with its parameters, ready to run.
 *
 * @param run runs it, and keeps in the recording, if there is one, what is needed to do it again
 * @param again runs it once more where it was run; null if its parameters can be read only once
 * @param bytes of memory that the parameters take which {@code again} keeps
 * @param cancellation stops it, also where it waits for others
 */
record Work(Run run, @Nullable Consumer<EngineConnection> again, long bytes, Cancellation cancellation) {

    /** Runs it and gives the affected rows. */
    interface Run {
        long on(Connections connections, @Nullable Recording recording);
    }

    boolean repeatable() {
        return again != null;
    }
}
