package io.skyport.sql.substrait;

import java.util.Locale;

/**
 * A function as a plan declares it.
 *
 * @param name with the signature after a colon, or without one
 * @param namespace the URN, or URI in older plans, of what defines it; empty if none does
 */
record DeclaredFunction(String name, String namespace) {

    private static final String URN = "extension:io.substrait:";
    private static final String URI = "github.com/substrait-io/substrait/";

    String baseName() {
        int colon = name.indexOf(':');
        return (colon < 0 ? name : name.substring(0, colon)).toLowerCase(Locale.ROOT);
    }

    /** Whether it is one of the specification's own, or says nothing else. */
    boolean standard() {
        if (namespace.isEmpty() || namespace.startsWith(URN)) {
            return true;
        }
        return namespace.contains(URI) || namespace.startsWith("/functions_");
    }
}
