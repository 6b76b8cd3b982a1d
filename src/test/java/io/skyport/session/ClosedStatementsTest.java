package io.skyport.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClosedStatementsTest {

    @Test
    void so_many_are_remembered_and_the_oldest_is_forgotten() {
        ClosedStatements closed = new ClosedStatements(2);
        closed.add("one", "alice");
        closed.add("two", "alice");
        closed.add("three", "alice");

        assertThat(closed.has("one", "alice")).isFalse();
        assertThat(closed.has("two", "alice")).isTrue();
        assertThat(closed.has("three", "alice")).isTrue();
        assertThat(closed.has("three", "bob")).isFalse();
    }

    @Test
    void none_are_remembered_if_none_may_be() {
        ClosedStatements closed = new ClosedStatements(0);
        closed.add("one", "alice");

        assertThat(closed.has("one", "alice")).isFalse();
    }
}
