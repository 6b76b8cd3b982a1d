package io.skyport.catalog;

import java.util.List;

/**
 * One overload of a function that a user made: a macro.
 *
 * @param inFrom whether it stands in FROM
 * @param parameters their names
 * @param definition what it computes, as the engine prints it
 */
public record Routine(ObjectName name, boolean inFrom, List<String> parameters, String definition) {

    public Routine {
        parameters = List.copyOf(parameters);
    }
}
