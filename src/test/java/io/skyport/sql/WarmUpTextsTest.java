package io.skyport.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.error.ErrorCode;
import org.junit.jupiter.api.Test;

class WarmUpTextsTest extends CompilerTestBase {

    @Test
    void every_text_compiles_on_an_empty_database() {
        assertThat(WarmUpTexts.ALL)
                .allSatisfy(text -> assertThat(compile(text).columns()).isNotEmpty());
        compiler.warmUp(CONTEXT);
    }

    @Test
    void the_mistaken_one_is_refused_by_the_engine() {
        assertThat(failure(WarmUpTexts.MISTAKEN).code()).isEqualTo(ErrorCode.UNDEFINED_COLUMN);
    }
}
