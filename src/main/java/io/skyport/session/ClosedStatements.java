package io.skyport.session;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Handles of prepared statements that are gone, and whose they were: as many as configured, and the oldest are forgotten.
 * Thread-safe.
 */
final class ClosedStatements {

    private final Map<String, String> users;

    ClosedStatements(int limit) {
        this.users = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
                return size() > limit;
            }
        };
    }

    synchronized void add(String handle, String user) {
        users.put(handle, user);
    }

    /** Whether it was one of this user. */
    synchronized boolean has(String handle, String user) {
        return user.equals(users.get(handle));
    }
}
