package io.skyport.sql;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What INSPECT tells of the server that no catalog knows.
 *
 * @param version of the server
 * @param users all users with their roles, by name
 */
public record ServerFacts(String version, SortedMap<String, Set<String>> users) {

    /** The role that may look at users and roles. */
    public static final String ADMIN = "admin";

    /** Of a compiler without a server around it. */
    public static final ServerFacts NONE = new ServerFacts("unknown", new TreeMap<>());

    public ServerFacts {
        users = Collections.unmodifiableSortedMap(new TreeMap<>(users));
    }

    public ServerFacts(String version, Map<String, Set<String>> users) {
        this(version, new TreeMap<>(users));
    }
}
