package io.skyport.sql;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.util.List;

/** The engine lists every overload of a function that was called wrongly; operators have dozens. */
final class Candidates {

    private static final String HEAD = "Candidate functions:";
    private static final int MAX = 5;

    private Candidates() {}

    /** The failure with at most a few candidates. */
    static SkyportException shortened(SkyportException failure) {
        int head = failure.text().indexOf(HEAD);
        if (failure.code() != ErrorCode.UNDEFINED_FUNCTION || head < 0) {
            return failure;
        }
        List<String> candidates = failure.text()
                .substring(head + HEAD.length())
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        String text = failure.text().substring(0, head).strip();
        String shown = candidates.size() > MAX ? "" : " Candidates: " + String.join("; ", candidates);
        return new SkyportException(
                failure.code(), text + shown, failure.position().orElse(null), failure);
    }
}
