package io.skyport.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorCodeTest {

    /** The FlyDB driver guide's tables "SQLSTATE Codes" (failures only) and "Common Error Codes". */
    private static final List<String> GUIDE_STATES = List.of(
            "08000", "08P01", "22000", "23000", "23505", "25000", "28000", "3D000", "40001", "40P01", "42000", "42501",
            "42601", "42703", "42804", "42P01", "HY000");

    private static final List<Integer> GUIDE_CODES = List.of(400, 401, 403, 404, 500, 501);

    @ParameterizedTest
    @EnumSource
    void has_a_five_character_sqlstate_and_a_code_of_the_flydb_guide(ErrorCode code) {
        assertThat(code.sqlState()).matches("[0-9A-Z]{5}");
        assertThat(code.flydbCode()).isIn(GUIDE_CODES);
        assertThat(code.rpcStatus()).isNotNull();
    }

    @Test
    void every_sqlstate_of_the_flydb_guide_has_a_code() {
        assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::sqlState)).containsAll(GUIDE_STATES);
    }

    @Test
    void only_an_invalidated_engine_is_fatal() {
        assertThat(Arrays.stream(ErrorCode.values()).filter(ErrorCode::fatal))
                .containsExactly(ErrorCode.ENGINE_INVALIDATED);
    }
}
