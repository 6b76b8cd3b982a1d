package io.skyport.engine;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which names a database that SQL creates may have. They become names of files, so they are letters, digits, {@code _},
 * {@code -} and {@code $} of ASCII, at most {@value #MAX_LENGTH}, and begin with a letter.
 */
public final class DatabaseName {

    /** With suffixes still a file name everywhere. */
    public static final int MAX_LENGTH = 63;

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_$-]{0," + (MAX_LENGTH - 1) + "}");

    /** The engine's own databases, and schemas that every database shows. */
    private static final Set<String> RESERVED =
            Set.of("system", "temp", "memory", "main", "information_schema", "pg_catalog");

    private DatabaseName() {}

    /** @throws SkyportException 22023 if {@code name} cannot be the name of a new database */
    public static String require(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new SkyportException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "the name of a database begins with a letter and has letters, digits, _, - and $, at most "
                            + MAX_LENGTH);
        }
        if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            throw new SkyportException(
                    ErrorCode.INVALID_PARAMETER_VALUE, "\"" + name + "\" is a name that the engine uses itself");
        }
        return name;
    }
}
