package io.skyport.session;

import java.util.List;
import java.util.function.Predicate;

/** Of which type an option is that sessions keep for their clients and make nothing of. A text may stand for any of them. */
public enum ClientOption {
    ANY(value -> true),
    STRING(value -> value instanceof OptionValue.Text),
    BOOL(value -> value instanceof OptionValue.Flag
            || isText(value, text -> List.of("true", "false").contains(text))),
    INT64(value -> value instanceof OptionValue.Whole || isText(value, text -> text.matches("[+-]?\\d{1,18}"))),
    DOUBLE(value -> value instanceof OptionValue.Real
            || value instanceof OptionValue.Whole
            || isText(value, text -> text.matches("[+-]?\\d{1,300}(\\.\\d{1,300})?([eE][+-]?\\d{1,3})?"))),
    STRING_LIST(value -> value instanceof OptionValue.Texts || value instanceof OptionValue.Text);

    private final Predicate<OptionValue> accepts;

    ClientOption(Predicate<OptionValue> accepts) {
        this.accepts = accepts;
    }

    boolean accepts(OptionValue value) {
        return accepts.test(value);
    }

    private static boolean isText(OptionValue value, Predicate<String> like) {
        return value instanceof OptionValue.Text && like.test(value.text());
    }
}
