package io.skyport.session;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.ServerFacts;
import io.skyport.sql.SessionChange;
import java.util.Set;
import java.util.function.Supplier;

/** KILL: an admin ends statements and sessions of all users, others their own. Thread-safe. */
final class Kills {

    private final Sessions sessions;

    Kills(Sessions sessions) {
        this.sessions = sessions;
    }

    /**
     * Stops a statement, which fails with 57014, or closes a session; waits for neither.
     *
     * @throws SkyportException 42704 if nothing has this id, 42501 if it is another user's
     */
    void kill(SessionChange.Kill kill, String user, Set<String> roles) {
        boolean all = roles.contains(ServerFacts.ADMIN);
        if (kill instanceof SessionChange.KillQuery) {
            killQuery(kill.id(), user, all);
        } else {
            Session killed = sessions.tagged(kill.id()).orElseThrow(unknown("open session", kill.id()));
            requireOwn(killed.user(), user, all, "session");
            sessions.close(killed);
        }
    }

    private void killQuery(String id, String user, boolean all) {
        RunningStatement killed = sessions.statements().stream()
                .filter(statement -> statement.id().equals(id))
                .findAny()
                .orElseThrow(unknown("running statement", id));
        requireOwn(killed.user(), user, all, "statement");
        if (!sessions.kill(id)) {
            throw unknown("running statement", id).get(); // it has ended meanwhile
        }
    }

    private static Supplier<SkyportException> unknown(String what, String id) {
        return () -> new SkyportException(ErrorCode.UNDEFINED_OBJECT, "there is no " + what + " \"" + id + "\"");
    }

    private static void requireOwn(String owner, String user, boolean all, String what) {
        if (!all && !owner.equals(user)) {
            throw new SkyportException(
                    ErrorCode.INSUFFICIENT_PRIVILEGE,
                    "the " + what + " is another user's: only the role " + ServerFacts.ADMIN + " may kill it");
        }
    }
}
