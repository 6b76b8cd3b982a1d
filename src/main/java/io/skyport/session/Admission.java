package io.skyport.session;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets so many statements run at one time, in all and of each user, and so many wait; one more is refused at once. Thread-safe.
 *
 * <p>Fair between users: whose turn it is goes round, each user's statements come in their order, and a user who runs as many as
 * he may is passed over. Nobody overtakes: a place that is free goes to who waits before anybody else can take it. Without
 * anybody waiting, a place costs one lock and nobody is woken.
 *
 * <p>Nobody waits for ever, and nobody who has a place waits for somebody who has none:
 *
 * <ul>
 *   <li>A place is taken before anything else that can be missing: a connection of the engine, the turn in a transaction.
 *   <li>The statements of a transaction share one place. Otherwise a client that reads one result in it while it runs the next
 *       statement would wait for itself.
 *   <li>What ends a transaction needs no place, and statements of a transaction go before the others of their user: others may
 *       wait for what it holds.
 *   <li>A result that is not fetched, and a cursor between fetches, have no place: their client may never come back.
 *   <li>What is left, clients that read a result slowly while they wait for another statement outside of a transaction, ends
 *       with {@code queue-timeout}.
 * </ul>
 */
final class Admission {

    private final StatementLimits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Share> shares = new HashMap<>();
    /** Those who wait and may run one more, in whose turn it is. */
    private final Deque<Share> turns = new ArrayDeque<>();

    private final Map<Object, Group> groups = new IdentityHashMap<>();
    private int running;
    private int waiting;

    private final Map<Refusal, LongAdder> refusals = new EnumMap<>(Refusal.class);

    Admission(StatementLimits limits) {
        this.limits = limits;
        for (Refusal refusal : Refusal.values()) {
            refusals.put(refusal, new LongAdder());
        }
    }

    /** How many were refused so. */
    long refused(Refusal why) {
        return Objects.requireNonNull(refusals.get(why)).sum();
    }

    /** What a statement of a user will need, and has not got yet. */
    Place place(String user) {
        return new Place(user);
    }

    /** How many places are taken. */
    int running() {
        lock.lock();
        try {
            return running;
        } finally {
            lock.unlock();
        }
    }

    /** How many wait for one. */
    int waiting() {
        lock.lock();
        try {
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    /** What one user has. */
    private static final class Share {
        private final String user;
        private final Deque<Place> first = new ArrayDeque<>();
        private final Deque<Place> then = new ArrayDeque<>();
        private int running;
        private boolean listed;

        Share(String user) {
            this.user = user;
        }

        int waiting() {
            return first.size() + then.size();
        }

        @Nullable
        Place next() {
            Place next = first.peek();
            return next == null ? then.peek() : next;
        }
    }

    /** Statements that share a place while one of them has it. */
    private static final class Group {
        private final Deque<Place> waiting = new ArrayDeque<>();
        private int running;
    }

    private enum State {
        NONE,
        WAITING,
        TAKEN
    }

    private boolean mayRun(Share share) {
        return (limits.maxRunning() == 0 || running < limits.maxRunning())
                && (limits.maxRunningPerUser() == 0 || share.running < limits.maxRunningPerUser());
    }

    private void list(Share share) {
        boolean atLimit = limits.maxRunningPerUser() > 0 && share.running >= limits.maxRunningPerUser();
        if (!share.listed && share.waiting() > 0 && !atLimit) {
            share.listed = true;
            turns.add(share);
        }
    }

    /** Gives what is free to those whose turn it is. */
    private void giveAway() {
        while (!turns.isEmpty() && (limits.maxRunning() == 0 || running < limits.maxRunning())) {
            Share share = turns.remove();
            share.listed = false;
            Place next = share.next();
            if (next != null && mayRun(share)) {
                next.leaveQueue();
                next.take(share);
            }
            list(share);
        }
    }

    private void forget(Share share) {
        if (share.running == 0 && share.waiting() == 0) {
            shares.remove(share.user);
            if (share.listed) {
                turns.remove(share);
            }
        }
    }

    private SkyportException full(Refusal why, int max, String whose, String property) {
        return refusal(
                why,
                max + " statements " + whose + "wait to run already (skyport.session.statements." + property + ")");
    }

    private SkyportException refusal(Refusal why, String text) {
        Objects.requireNonNull(refusals.get(why)).increment();
        return new SkyportException(ErrorCode.CONFIGURATION_LIMIT_EXCEEDED, text);
    }

    private static SkyportException cancelled() {
        return new SkyportException(ErrorCode.QUERY_CANCELED, "The statement was cancelled while it waited to run");
    }

    /** A statement's, from {@link #await} to {@link #close}; then it can be waited for again. Used by one thread. */
    final class Place implements AutoCloseable {

        private final String user;
        private final Condition granted = lock.newCondition();
        private State state = State.NONE;
        private @Nullable Object together;
        private boolean givenUp;

        private Place(String user) {
            this.user = user;
        }

        /**
         * Takes the place, or waits for it. Does nothing if it is taken.
         *
         * @param sharing those with the same share one place; null for one of its own
         * @throws SkyportException 53400 if too many wait already or it took too long, 57014 if {@link #giveUp} was called
         */
        void await(@Nullable Object sharing) {
            lock.lock();
            try {
                if (state == State.TAKEN) {
                    return;
                }
                if (givenUp) {
                    throw cancelled();
                }
                together = sharing;
                Group group = group();
                Share share = shares.computeIfAbsent(user, Share::new);
                if ((group != null && group.running > 0) || (share.waiting() == 0 && mayRun(share))) {
                    take(share);
                } else {
                    enqueue(share);
                    awaitGrant();
                }
            } finally {
                lock.unlock();
            }
        }

        private @Nullable Group group() {
            Object key = together;
            return key == null ? null : groups.computeIfAbsent(key, unused -> new Group());
        }

        private void enqueue(Share share) {
            try {
                if (waiting >= limits.maxQueued()) {
                    throw full(Refusal.QUEUE_FULL, limits.maxQueued(), "", "max-queued");
                }
                if (share.waiting() >= limits.maxQueuedPerUser()) {
                    throw full(
                            Refusal.USER_QUEUE_FULL, limits.maxQueuedPerUser(), "of the user ", "max-queued-per-user");
                }
            } catch (SkyportException e) {
                forgetGroup();
                forget(share);
                throw e;
            }
            state = State.WAITING;
            waiting++;
            (together == null ? share.then : share.first).add(this);
            Group group = group();
            if (group != null) {
                group.waiting.add(this);
            }
            list(share);
        }

        private void awaitGrant() {
            long nanos = limits.queueTimeout().toNanos();
            try {
                while (state == State.WAITING && !givenUp && nanos > 0) {
                    nanos = granted.awaitNanos(nanos);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                stopWaiting(new SkyportException(ErrorCode.ADMIN_SHUTDOWN, "The server is shutting down", e));
            }
            if (state == State.WAITING) {
                stopWaiting(givenUp ? cancelled() : late());
            }
        }

        private SkyportException late() {
            return refusal(
                    Refusal.QUEUE_TIMEOUT,
                    "The statement waited " + limits.queueTimeout()
                            + " to run (skyport.session.statements.queue-timeout): too many others run");
        }

        /** Fails, unless the place came in the meantime. */
        private void stopWaiting(SkyportException failure) {
            if (state == State.WAITING) {
                leaveQueue();
                forgetGroup();
                forget(share());
                throw failure;
            }
        }

        private Share share() {
            return shares.computeIfAbsent(user, Share::new);
        }

        private void leaveQueue() {
            Share share = share();
            boolean queued = (together == null ? share.then : share.first).remove(this);
            waiting -= queued ? 1 : 0;
            state = State.NONE;
            Group group = group();
            if (group != null) {
                group.waiting.remove(this);
            }
        }

        private void take(Share share) {
            state = State.TAKEN;
            granted.signal();
            Group group = group();
            if (group == null || group.running++ == 0) {
                running++;
                share.running++;
            }
            Place other = group == null ? null : group.waiting.peek();
            if (other != null) {
                other.leaveQueue();
                other.take(share);
            }
        }

        private void forgetGroup() {
            Object key = together;
            Group group = key == null ? null : groups.get(key);
            if (key != null && group != null && group.running == 0 && group.waiting.isEmpty()) {
                groups.remove(key);
            }
        }

        /** Makes a waiting {@link #await} fail, and the next one. Called on any thread. */
        void giveUp() {
            lock.lock();
            try {
                givenUp = true;
                granted.signal();
            } finally {
                lock.unlock();
            }
        }

        /** Gives the place to who waits for it. Nothing to do if there is none. */
        @Override
        public void close() {
            lock.lock();
            try {
                if (state == State.TAKEN) {
                    state = State.NONE;
                    leave(share());
                }
            } finally {
                lock.unlock();
            }
        }

        private void leave(Share share) {
            Group group = group();
            if (group != null && --group.running > 0) {
                return;
            }
            forgetGroup();
            running--;
            share.running--;
            list(share);
            giveAway();
            forget(share);
        }
    }
}
