package io.skyport.session;

import io.skyport.sql.CompiledStatement;
import io.skyport.sql.StatementKind;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The stored results of one session, until they expire or it is closed. Thread-safe. */
final class OwnResults implements AutoCloseable {

    private final String user;
    private final Statements statements;
    private final OwnState state;
    private final StoredResults shared;
    private final Runnable gaveUp;
    private final Set<StoredResult> results = ConcurrentHashMap.newKeySet();

    /** @param gaveUp called when a result is not there any more */
    OwnResults(String user, Statements statements, OwnState state, StoredResults shared, Runnable gaveUp) {
        this.user = user;
        this.statements = statements;
        this.state = state;
        this.shared = shared;
        this.gaveUp = gaveUp;
    }

    StoredResult start(Statements.Placed placed, List<List<@Nullable Object>> rows) {
        return placed.told(() -> started(placed, rows));
    }

    private StoredResult started(Statements.Placed placed, List<List<@Nullable Object>> rows) {
        CompiledStatement compiled = placed.statement();
        Statements.checkParameters(compiled, rows);
        StoredResult result = shared.start(
                user,
                compiled.columns(),
                state.now().options().maxEndpoints(),
                placed.scope() instanceof Transaction || compiled.kind() == StatementKind.SESSION,
                stop -> {
                    LogContext.enter(placed.clock());
                    return statements.execute(placed, rows, stop);
                },
                this::gone);
        results.add(result);
        if (statements.closed()) {
            shared.giveUp(result);
            statements.requireOpen();
        }
        if (!shared.keeps(result)) {
            gone(result); // before it was added
        }
        return result;
    }

    private void gone(StoredResult result) {
        results.remove(result);
        gaveUp.run();
    }

    boolean isEmpty() {
        return results.isEmpty();
    }

    @Override
    public void close() {
        results.forEach(shared::giveUp);
    }
}
