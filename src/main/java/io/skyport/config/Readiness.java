package io.skyport.config;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Whether clients should come: while nothing is in their way. Thread-safe. */
final class Readiness {

    /** What can be in their way. */
    enum Obstacle {
        STARTING,
        /** It is reopened after a fatal error. */
        ENGINE,
        /** Next to none is left. */
        DISK,
        /** For ever. */
        STOPPING
    }

    private final Consumer<Boolean> changed;
    private final Set<Obstacle> obstacles = EnumSet.of(Obstacle.STARTING);

    /** @param changed told each time that it changes, in order and before the call that changes it returns */
    Readiness(Consumer<Boolean> changed) {
        this.changed = changed;
    }

    synchronized boolean ready() {
        return obstacles.isEmpty();
    }

    /** What is in their way now, in small letters. */
    synchronized Set<String> obstacles() {
        return obstacles.stream()
                .map(obstacle -> obstacle.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    synchronized void add(Obstacle obstacle) {
        boolean before = ready();
        obstacles.add(obstacle);
        tell(before);
    }

    synchronized void remove(Obstacle obstacle) {
        boolean before = ready();
        if (obstacle != Obstacle.STOPPING) {
            obstacles.remove(obstacle);
        }
        tell(before);
    }

    private void tell(boolean before) {
        if (before != ready()) {
            changed.accept(ready());
        }
    }
}
