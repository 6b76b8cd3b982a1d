package io.skyport.security;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** TLS as it is configured, and as its files are now: they may be replaced while the server runs. Thread-safe. */
public final class ServerTls {

    private final List<Consumer<TlsKeys>> followers = new CopyOnWriteArrayList<>();
    private volatile @Nullable TlsKeys current;

    /** @param first null if there is no TLS, and will be none */
    public ServerTls(@Nullable TlsKeys first) {
        this.current = first;
    }

    /** Empty if there is no TLS. */
    public Optional<TlsKeys> current() {
        return Optional.ofNullable(current);
    }

    /** Calls back at each replacement, on the thread that replaces. */
    public void follow(Consumer<TlsKeys> follower) {
        followers.add(follower);
    }

    /** New connections get these; those that are open stay. */
    void replace(TlsKeys keys) {
        current = keys;
        followers.forEach(follower -> follower.accept(keys));
    }
}
