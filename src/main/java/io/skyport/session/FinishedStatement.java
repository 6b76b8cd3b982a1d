package io.skyport.session;

import io.skyport.error.ErrorCode;
import io.skyport.sql.StatementKind;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a statement went. Immutable; {@link SessionListener} says when it is told.
 *
 * @param id the same that {@link RunningStatement#id()} had while it ran
 * @param session the {@link Session#tag()} of its session
 * @param caller from where it came; of a query, from where it was executed, which may not be where its rows were fetched
 * @param text as its client wrote it, literals included
 * @param knownKind its kind, or null if it did not compile
 * @param failure what went wrong, or null if it succeeded
 * @param started when it came
 * @param rows rows delivered, or affected by DML
 * @param bytes Arrow buffer bytes delivered
 */
public record FinishedStatement(
        String id,
        String session,
        String user,
        Caller caller,
        String text,
        @Nullable StatementKind knownKind,
        @Nullable ErrorCode failure,
        Instant started,
        Times times,
        long rows,
        long bytes) {

    /** {@link Times#firstBatch()} of what gave no rows. */
    public static final long NONE = -1;

    /** How a statement ended. */
    public enum Outcome {
        SUCCESS("success"),
        ERROR("error"),
        /** Its client, an administrator or the server's end stopped it, or its client left before its last row. */
        CANCELLED("cancelled"),
        /** It took longer than it may. */
        TIMEOUT("timeout");

        private final String label;

        Outcome(String label) {
            this.label = label;
        }

        /** As metrics and the query history write it. */
        public String label() {
            return label;
        }
    }

    /**
     * What a statement's time went to, in nanoseconds. The phases are parts of the total, and not all of it: sending rows to a client
     * that reads slowly is in none.
     *
     * @param compile in the compiler; nothing if it was prepared elsewhere
     * @param queue waiting for its turn ({@code skyport.session.statements})
     * @param engine until the engine gave what it was asked for, waiting for a connection included
     * @param firstBatch from the beginning until the first rows were there; {@link #NONE} for a statement that gave none
     * @param total from the beginning to the last row, without the time in which its client had not asked for rows
     */
    public record Times(long compile, long queue, long engine, long firstBatch, long total) {}

    /** The same with a part of the text, for who keeps it. */
    public FinishedStatement withText(String part) {
        return new FinishedStatement(id, session, user, caller, part, knownKind, failure, started, times, rows, bytes);
    }

    public Optional<StatementKind> kind() {
        return Optional.ofNullable(knownKind);
    }

    public Optional<ErrorCode> error() {
        return Optional.ofNullable(failure);
    }

    public Outcome outcome() {
        if (failure == null) {
            return Outcome.SUCCESS;
        }
        return switch (failure) {
            case QUERY_CANCELED, ADMIN_SHUTDOWN -> Outcome.CANCELLED;
            case STATEMENT_TIMEOUT -> Outcome.TIMEOUT;
            default -> Outcome.ERROR;
        };
    }
}
