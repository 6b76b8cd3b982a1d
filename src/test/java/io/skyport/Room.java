package io.skyport;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** A package directly under the product's, and the rooms it may see. */
enum Room {
    ERROR,
    ENGINE(ERROR),
    CATALOG(ENGINE, ERROR),
    SQL(CATALOG, ENGINE, ERROR),
    SECURITY(CATALOG, ERROR),
    SESSION(SECURITY, SQL, CATALOG, ENGINE, ERROR),
    FLIGHTSQL(SESSION, SECURITY, SQL, CATALOG, ENGINE, ERROR),
    FLYDB(SESSION, SECURITY, SQL, CATALOG, ENGINE, ERROR),
    OBSERVABILITY(SESSION, SQL, CATALOG, ENGINE, ERROR),
    CONFIG(OBSERVABILITY, FLIGHTSQL, FLYDB, SESSION, SECURITY, SQL, CATALOG, ENGINE, ERROR);

    private final Set<Room> sees;

    Room(Room... sees) {
        this.sees = Set.of(sees);
    }

    /** The pattern of this room's packages, its own subpackages included, below the given root. */
    String in(String root) {
        return root + "." + name().toLowerCase(Locale.ROOT) + "..";
    }

    String[] visibleIn(String root) {
        return Stream.concat(Stream.of(this), sees.stream())
                .map(room -> room.in(root))
                .toArray(String[]::new);
    }

    static String[] allIn(String root) {
        return allExceptIn(root);
    }

    static String[] allExceptIn(String root, Room... excepted) {
        Set<Room> left = Arrays.stream(excepted).collect(toUnmodifiableSet());
        return Arrays.stream(values())
                .filter(room -> !left.contains(room))
                .map(room -> room.in(root))
                .toArray(String[]::new);
    }
}
