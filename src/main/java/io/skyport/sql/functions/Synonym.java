package io.skyport.sql.functions;

/**
 * A function of another server, and what the engine has for it.
 *
 * @param name in lower case
 * @param arguments how many it takes, or {@link #ANY}
 * @param form the engine's name for the same function, or an expression in which {@code $1} is the first argument
 */
public record Synonym(String name, int arguments, String form) {

    /** As many arguments as there are. */
    public static final int ANY = -1;

    /** Whether only the name differs: DISTINCT, ORDER BY and the like between the parentheses stay. */
    public boolean isName() {
        return form.matches("[a-z_0-9]+");
    }

    boolean takes(int given) {
        return arguments == ANY || arguments == given;
    }
}
