package io.skyport.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SkyportExceptionTest {

    @Test
    void the_message_ends_with_the_position() {
        SkyportException e =
                new SkyportException(ErrorCode.UNDEFINED_TABLE, "Table x is unknown", new SqlPosition(2, 7), null);

        assertThat(e).hasMessage("Table x is unknown (line 2, column 7)");
        assertThat(e.text()).isEqualTo("Table x is unknown");
        assertThat(e.position()).contains(new SqlPosition(2, 7));
    }

    @Test
    void a_long_message_is_cut_to_four_kibibytes_between_characters_and_keeps_its_position() {
        SkyportException e =
                new SkyportException(ErrorCode.SYNTAX_ERROR, "é€😀".repeat(2000), new SqlPosition(1, 1), null);

        assertThat(e.getMessage().getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThanOrEqualTo(SkyportException.MAX_MESSAGE_BYTES)
                .hasSizeGreaterThan(SkyportException.MAX_MESSAGE_BYTES - 8);
        assertThat(e.getMessage()).endsWith("... (line 1, column 1)").doesNotContain("\uFFFD");
    }

    @Test
    void an_offset_becomes_a_line_and_a_column() {
        String text = "SELECT 1,\n  x\nFROM t";

        assertThat(SqlPosition.ofOffset(text, 0)).isEqualTo(new SqlPosition(1, 1));
        assertThat(SqlPosition.ofOffset(text, text.indexOf('x'))).isEqualTo(new SqlPosition(2, 3));
        assertThat(SqlPosition.ofOffset(text, 1000)).isEqualTo(new SqlPosition(3, 7));
    }
}
