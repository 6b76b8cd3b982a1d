package io.skyport.sql.export;

import io.skyport.catalog.DatabaseDefinition.SequenceState;

/** A sequence as it goes on from where it stands. */
final class SequenceText {

    private SequenceText() {}

    static String create(SequenceState sequence) {
        return "CREATE SEQUENCE " + DatabaseScript.quoted(sequence.name()) + " " + options(sequence);
    }

    static String options(SequenceState sequence) {
        return "START WITH " + next(sequence) + " INCREMENT BY " + sequence.increment() + " MINVALUE "
                + sequence.minimum() + " MAXVALUE " + sequence.maximum() + (sequence.cycle() ? " CYCLE" : " NO CYCLE");
    }

    /** One that has come to its end gives its last value once more: there is no way to begin behind the end. */
    private static long next(SequenceState sequence) {
        Long last = sequence.last();
        if (last == null) {
            return sequence.start();
        }
        boolean up = sequence.increment() > 0;
        long end = up ? sequence.maximum() : sequence.minimum();
        boolean over = up ? last > end - sequence.increment() : last < end - sequence.increment();
        if (!over) {
            return last + sequence.increment();
        }
        return sequence.cycle() ? up ? sequence.minimum() : sequence.maximum() : end;
    }
}
