package io.skyport.bench;

import io.skyport.engine.DuckDbEngine;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.session.Cancellation;
import io.skyport.session.EmbeddedSessions;
import io.skyport.session.PreparedStatement;
import io.skyport.session.ResultStream;
import io.skyport.session.Session;
import io.skyport.session.Sessions;
import io.skyport.session.Transaction;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.jspecify.annotations.Nullable;

/** By the verbs of the session room in this process: what every wire calls, without one. */
final class SessionBank implements Bank {

    private static final Set<String> ROLES = Set.of("admin");

    private final Sessions sessions;
    private final BufferAllocator allocator;
    private final AtomicInteger clients = new AtomicInteger();

    /** @param engine that the sessions are over; closed by whoever opened it */
    SessionBank(DuckDbEngine engine, BufferAllocator allocator) {
        this.sessions = EmbeddedSessions.over(engine, List.of(), allocator);
        this.allocator = allocator;
    }

    @Override
    public void update(String sql) {
        long unused = session().update(sql, new Cancellation());
    }

    /** A new one. */
    Session session() {
        return sessions.session(ServerProcess.USER, ROLES, "client " + clients.incrementAndGet());
    }

    /** Closes it with all it holds. */
    void close(Session session) {
        sessions.close(session);
    }

    @Override
    public Teller teller() {
        return new SessionTeller(session());
    }

    @Override
    public void close() {
        sessions.close();
    }

    private final class SessionTeller implements Teller {

        private final Session session;
        private final Cancellation never = new Cancellation();
        private final BigintRow one = new BigintRow(1, allocator);
        private final BigintRow two = new BigintRow(2, allocator);
        private final BigintRow four = new BigintRow(4, allocator);
        private @Nullable Transaction transaction;
        private @Nullable PreparedStatement balance;
        private @Nullable PreparedStatement change;
        private @Nullable PreparedStatement recording;

        SessionTeller(Session session) {
            this.session = session;
        }

        @Override
        public void begin() {
            transaction = session.begin();
            if (balance == null) {
                balance = session.prepare(BALANCE, transaction);
                change = session.prepare(CHANGE, transaction);
                recording = session.prepare(RECORD, transaction);
            }
        }

        @Override
        public long balance(long account) {
            session.bind(balance, one.of(account));
            long found = 0;
            try (ResultStream rows = session.execute(balance, never).open()) {
                while (rows.next()) {
                    found = ((BigIntVector) rows.root().getVector(0)).get(0);
                }
            }
            return found;
        }

        @Override
        public void change(long account, long by) {
            long unused = session.update(change, two.of(by, account), never);
        }

        @Override
        public void record(long id, long source, long target, long amount) {
            long unused = session.update(recording, four.of(id, source, target, amount), never);
        }

        @Override
        public void commit() {
            session.commit(transaction);
        }

        @Override
        public void rollback() {
            session.rollback(transaction);
        }

        @Override
        public boolean isConflict(Exception failure) {
            return failure instanceof SkyportException known && known.code() == ErrorCode.SERIALIZATION_FAILURE;
        }

        @Override
        public void close() {
            one.close();
            two.close();
            four.close();
            sessions.close(session);
        }
    }
}
