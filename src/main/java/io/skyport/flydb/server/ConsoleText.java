package io.skyport.flydb.server;

import java.util.regex.Pattern;

/** What FlyDB's own tools make of texts. */
final class ConsoleText {

    /** They take an error with one of these for one of the network, connect again and send the statement again. */
    private static final Pattern NETWORK_WORDS = Pattern.compile("timeout|connection|EOF");

    private static final char INVISIBLE_HYPHEN = '\u00AD';

    private ConsoleText() {}

    /** The same text to people, without the words that the tools look for. */
    static String unlikeNetworkFailure(String message) {
        return NETWORK_WORDS
                .matcher(message)
                .replaceAll(word -> word.group().charAt(0)
                        + String.valueOf(INVISIBLE_HYPHEN)
                        + word.group().substring(1));
    }
}
