package io.skyport.flydb.server;

import io.netty.buffer.ByteBufAllocator;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.flydb.FlydbProperties.ConsoleText;
import io.skyport.security.Principal;
import io.skyport.session.Caller;
import io.skyport.session.Cancellation;
import io.skyport.session.Execution;
import io.skyport.session.ResultStream;
import io.skyport.session.Session;
import io.skyport.session.Sessions;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one client: who it is, its session, and how it likes its answers. Used by one thread at a time, but for
 * {@link #cancel()} and {@link #authenticated()}.
 */
final class Client {

    private final Sessions sessions;
    private final Function<String, Caller> calls;
    private volatile Caller caller = Caller.INTERNAL;
    private final ByteBufAllocator allocator;
    private final ConsoleText consoleText;
    private volatile @Nullable Session session;
    private Cancellation cancellation = new Cancellation();
    private @Nullable ResultStream reading;
    /** Frees rows that are not written. */
    private Runnable unwritten = () -> {};

    private Runnable whenClosed = () -> {};
    private boolean gone;
    private boolean console;
    private boolean compressing;
    private boolean metadataInArrays;

    /** @param calls begins a request of a type */
    Client(Sessions sessions, Function<String, Caller> calls, ByteBufAllocator allocator, ConsoleText consoleText) {
        this.sessions = sessions;
        this.calls = calls;
        this.allocator = allocator;
        this.consoleText = consoleText;
    }

    ByteBufAllocator allocator() {
        return allocator;
    }

    boolean authenticated() {
        return session != null;
    }

    /** @throws SkyportException 28000 if nobody knows who it is */
    Session session() {
        Session open = session;
        if (open == null) {
            throw new SkyportException(ErrorCode.INVALID_AUTHORIZATION, "authentication required");
        }
        return open;
    }

    /** Opens a session, in place of the one it has. */
    Session enter(Principal principal) {
        leave();
        Session opened = sessions.openConnected(principal.name(), principal.roles(), () -> caller);
        session = opened;
        opened.whenClosed(() -> {
            if (session == opened) {
                whenClosed.run();
            }
        });
        return opened;
    }

    /** What to do when somebody else has closed its session; before it has one. */
    void whenClosed(Runnable work) {
        whenClosed = work;
    }

    /** Closes its session with all it holds. */
    void leave() {
        Session open = session;
        session = null;
        compressing = false;
        metadataInArrays = false;
        if (open != null) {
            sessions.close(open);
        }
    }

    /** A request begins, that {@link #cancel} may stop. */
    synchronized void begin(String type) {
        caller = calls.apply(type);
        cancellation = new Cancellation();
        if (gone) {
            cancellation.cancel();
        }
    }

    synchronized Cancellation cancellation() {
        return cancellation;
    }

    /** Says how to free rows that are part of the answer, should they not come to be written. */
    void promises(Runnable free) {
        unwritten = free;
    }

    /** The rows that were promised are about to be written, and freed by who writes them. */
    void keeps() {
        unwritten = () -> {};
    }

    /**
     * A request is over.
     *
     * @param failure its SQLSTATE; null for none
     */
    void end(@Nullable String failure) {
        caller.trace().ended(failure);
        unwritten.run();
        keeps();
    }

    /** The rows of an execution, that {@link #cancel} stops too until they are {@link #read}. */
    ResultStream open(Execution execution) {
        if (cancellation().isCancelled()) {
            execution.discard();
            throw new SkyportException(ErrorCode.QUERY_CANCELED, "The statement was cancelled");
        }
        ResultStream stream = execution.open();
        boolean stopped;
        synchronized (this) {
            reading = stream;
            stopped = gone;
        }
        if (stopped) {
            stream.interrupt();
        }
        return stream;
    }

    synchronized void read() {
        reading = null;
    }

    /** The client is gone: stops what runs for it, and all that would. Any thread. */
    void cancel() {
        Cancellation running;
        ResultStream stream;
        synchronized (this) {
            gone = true;
            running = cancellation;
            stream = reading;
        }
        running.cancel();
        if (stream != null) {
            stream.interrupt();
        }
    }

    /** Whether it shows people the text of results. */
    boolean console() {
        return switch (consoleText) {
            case AUTO -> console;
            case ALWAYS -> true;
            case NEVER -> false;
        };
    }

    void beginsWithPing() {
        console = true;
    }

    /** Whether it retries whatever speaks of the network: FlyDB's own tools do. */
    boolean retries() {
        return console;
    }

    boolean compressing() {
        return compressing;
    }

    void compress(boolean on) {
        compressing = on;
    }

    boolean metadataInArrays() {
        return metadataInArrays || console;
    }

    void metadataInArrays(boolean arrays) {
        metadataInArrays = arrays;
    }
}
