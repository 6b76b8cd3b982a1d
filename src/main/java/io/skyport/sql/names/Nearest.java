package io.skyport.sql.names;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What somebody who mistyped a name may have meant. */
public final class Nearest {

    private static final int MAX_DISTANCE = 3;
    private static final int LETTERS_PER_MISTAKE = 3;

    private Nearest() {}

    /** Like {@code ; did you mean "orders"?}, or nothing if no candidate is near. */
    public static String suggestion(String name, Stream<String> candidates) {
        return to(name, candidates)
                .map(candidate -> "; did you mean \"" + candidate + "\"?")
                .orElse("");
    }

    private static Optional<String> to(String name, Stream<String> candidates) {
        int most = Math.min(MAX_DISTANCE, Math.max(1, name.length() / LETTERS_PER_MISTAKE));
        String wanted = name.toLowerCase(Locale.ROOT);
        record Distance(String candidate, int edits) {}
        return candidates
                .distinct()
                .map(candidate -> new Distance(candidate, distance(wanted, candidate.toLowerCase(Locale.ROOT), most)))
                .filter(distance -> distance.edits() >= 0)
                .min(Comparator.comparingInt(Distance::edits).thenComparing(Distance::candidate))
                .map(Distance::candidate);
    }

    /** Levenshtein's distance, or -1 if it is more than {@code most}. */
    private static int distance(String wanted, String candidate, int most) {
        if (Math.abs(wanted.length() - candidate.length()) > most) {
            return -1;
        }
        int[] previous = IntStream.rangeClosed(0, candidate.length()).toArray();
        for (int i = 1; i <= wanted.length(); i++) {
            int[] current = new int[candidate.length() + 1];
            current[0] = i;
            for (int j = 1; j <= candidate.length(); j++) {
                int replaced = previous[j - 1] + (wanted.charAt(i - 1) == candidate.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[candidate.length()] > most ? -1 : previous[candidate.length()];
    }
}
