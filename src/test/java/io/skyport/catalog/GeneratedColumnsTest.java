package io.skyport.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GeneratedColumnsTest {

    @Test
    void columns_are_told_from_what_only_looks_like_one() {
        String sql = "CREATE TABLE s.\"t(,\"(a INTEGER, \"b,)\" INTEGER GENERATED ALWAYS AS((a + 1)), "
                + "c VARCHAR DEFAULT('GENERATED ALWAYS AS'), d STRUCT(generated INTEGER, \"as\" INTEGER), "
                + "e DECIMAL(10,2) generated always as ((a * 2)) , FOREIGN KEY (a) REFERENCES We.ird(((\"a,b\"));";

        assertThat(GeneratedColumns.of(sql, 5)).containsExactlyInAnyOrder("b,)", "e");
    }

    @Test
    void a_text_that_breaks_off_is_read_as_far_as_it_goes() {
        assertThat(GeneratedColumns.of("CREATE TABLE t(a INTEGER GENERATED ALWAYS AS((1", 3))
                .containsExactly("a");
        assertThat(GeneratedColumns.of("CREATE TABLE t", 3)).isEmpty();
        assertThat(GeneratedColumns.of("CREATE TABLE t(selfr INTEGER, )", 1)).isEmpty();
    }
}
