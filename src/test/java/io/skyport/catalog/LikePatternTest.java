package io.skyport.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikePatternTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "orders, orders, true",
                "orders, ORDERS, false",
                "orders, orders2, false",
                "order, orders, false",
                "%, orders, true",
                "%, \"\", true",
                "\"\", \"\", true",
                "\"\", orders, false",
                "o%, orders, true",
                "%rs, orders, true",
                "%d%, orders, true",
                "o%r%s, orders, true",
                "o%x%s, orders, false",
                "%%, orders, true",
                "_rders, orders, true",
                "_, \"\", false",
                "______, orders, true",
                "_______, orders, false",
                "_%_, ab, true",
                "_%_, a, false",
                "a\\_b, a_b, true",
                "a\\_b, axb, false",
                "100\\%, 100%, true",
                "100\\%, 1000, false",
                "a\\\\b, a\\b, true",
                "\\a, a, true",
                "a\\, a\\, true",
                "%ab, aab, true",
                "%aab, aaab, true",
            })
    void a_pattern_matches_whole_names_in_their_exact_case(String pattern, String name, boolean matches) {
        assertThat(LikePattern.of(pattern).test(name)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({".", "[", "]", "$", "^", "(", ")", "*", "+", "?", "{", "|", "\\E", "\\Q"})
    void characters_that_mean_something_elsewhere_mean_themselves(String character) {
        String pattern = "a" + character.replace("\\", "\\\\") + "b";

        assertThat(LikePattern.of(pattern).test("a" + character + "b")).isTrue();
        assertThat(LikePattern.of(pattern).test("axb")).isFalse();
        assertThat(LikePattern.of(pattern).test("ab")).isFalse();
    }

    @Test
    void a_character_outside_the_basic_plane_is_one_character() {
        assertThat(LikePattern.of("_").test("\uD83D\uDE80")).isTrue();
        assertThat(LikePattern.of("__").test("\uD83D\uDE80")).isFalse();
        assertThat(LikePattern.of("a%b").test("a\nb")).isTrue();
    }

    @Test
    void a_hostile_pattern_costs_no_more_than_its_length_times_the_names() {
        String pattern = "%a".repeat(5_000) + "b";

        boolean matches = Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> LikePattern.of(pattern).test("a".repeat(10_000)));

        assertThat(matches).isFalse();
    }
}
