package io.skyport.statements;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How strictly files are judged.
 *
 * @param errors what counts as an expected error
 * @param comparison what a difference from the engine is
 * @param tolerance how far a float may be from the expected one, relative to it
 * @param timeout of each statement
 * @param directories whose files statements may name, besides the file's own test directory
 */
record SltOptions(Errors errors, Comparison comparison, double tolerance, Duration timeout, List<Path> directories) {

    enum Errors {
        /** Skyport's SQLSTATE or message. */
        SKYPORT,
        /** The same, or the engine's own message for the same text. */
        ENGINE,
        /** Any error. */
        ANY
    }

    enum Comparison {
        /** Nothing is run in the engine. */
        OFF,
        /** Listed. */
        REPORT,
        /** A failure. */
        FAIL
    }

    /** For Skyport's own files. */
    static SltOptions strict() {
        return new SltOptions(Errors.SKYPORT, Comparison.FAIL, 1e-9, Duration.ofSeconds(60), List.of());
    }

    /** For files written for other engines. */
    static SltOptions lenient() {
        return new SltOptions(Errors.ENGINE, Comparison.REPORT, 0.01, Duration.ofSeconds(60), List.of());
    }
}
