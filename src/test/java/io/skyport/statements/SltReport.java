package io.skyport.statements;

import java.util.ArrayList;
import java.util.List;

/** What became of a file's records. */
final class SltReport {

    private final String file;
    private final List<String> failures = new ArrayList<>();
    private final List<String> differences = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private int passed;
    private int skipped;
    private int compared;

    SltReport(String file) {
        this.file = file;
    }

    void pass() {
        passed++;
    }

    void skip(int records) {
        skipped += records;
    }

    void compared() {
        compared++;
    }

    void fail(String failure) {
        failures.add(failure);
    }

    /** The engine answers otherwise. */
    void differ(String difference) {
        differences.add(difference);
    }

    /** Something worth to know that is no failure, for example why the rest was skipped. */
    void note(String note) {
        notes.add(note);
    }

    String file() {
        return file;
    }

    int passed() {
        return passed;
    }

    int skipped() {
        return skipped;
    }

    /** Records whose answers were also compared with the engine's own. */
    int comparisons() {
        return compared;
    }

    List<String> failures() {
        return failures;
    }

    List<String> differences() {
        return differences;
    }

    List<String> notes() {
        return notes;
    }

    String summary() {
        return String.format(
                "%s: %d passed, %d failed, %d skipped%s%s",
                file,
                passed,
                failures.size(),
                skipped,
                differences.isEmpty() ? "" : ", " + differences.size() + " differ from the engine",
                notes.isEmpty() ? "" : " (" + String.join("; ", notes) + ")");
    }
}
