package io.skyport.session;

import java.util.List;

/** A value of a session's option, in the types that protocols have for it. */
public sealed interface OptionValue {

    /** How SQL would write it in quotes. */
    String text();

    /** A text, which may stand for a value of every other type. */
    record Text(String value) implements OptionValue {
        @Override
        public String text() {
            return value;
        }
    }

    record Flag(boolean value) implements OptionValue {
        @Override
        public String text() {
            return String.valueOf(value);
        }
    }

    record Whole(long value) implements OptionValue {
        @Override
        public String text() {
            return String.valueOf(value);
        }
    }

    record Real(double value) implements OptionValue {
        @Override
        public String text() {
            return String.valueOf(value);
        }
    }

    record Texts(List<String> value) implements OptionValue {

        public Texts {
            value = List.copyOf(value);
        }

        @Override
        public String text() {
            return String.join(", ", value);
        }
    }
}
