package io.skyport.session;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells several. */
record SessionListeners(List<SessionListener> listeners) implements SessionListener {

    SessionListeners {
        listeners = List.copyOf(listeners);
    }

    @Override
    public void sessionOpened(Session session) {
        listeners.forEach(listener -> listener.sessionOpened(session));
    }

    @Override
    public void sessionClosed(Session session) {
        listeners.forEach(listener -> listener.sessionClosed(session));
    }

    @Override
    public void streamOpened() {
        listeners.forEach(SessionListener::streamOpened);
    }

    @Override
    public void streamClosed() {
        listeners.forEach(SessionListener::streamClosed);
    }

    @Override
    public void statementFinished(FinishedStatement statement, @Nullable EngineCall call, Timeline when) {
        listeners.forEach(listener -> listener.statementFinished(statement, call, when));
    }
}
