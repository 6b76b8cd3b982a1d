package io.skyport.flightsql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Metadata;
import io.skyport.error.SkyportException;
import io.skyport.security.Credentials.BearerToken;
import io.skyport.security.Credentials.Password;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlightCredentialsTest {

    @Test
    void without_a_header_there_are_no_credentials() {
        assertThat(FlightCredentials.read(new Metadata())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic YWxpY2U6c2U6Y3JldA==", "basic YWxpY2U6c2U6Y3JldA", "BASIC   YWxpY2U6c2U6Y3JldA "})
    void basic_is_read_in_any_case_with_or_without_padding_and_splits_at_the_first_colon(String header) {
        assertThat(FlightCredentials.read(authorization(header))).contains(new Password("alice", "se:cret"));
    }

    @Test
    void user_and_password_may_be_empty() {
        assertThat(FlightCredentials.read(authorization("Basic Og=="))).contains(new Password("", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer a.b.c", "bearer a.b.c", "BEARER  a.b.c "})
    void bearer_is_read_in_any_case(String header) {
        assertThat(FlightCredentials.read(authorization(header))).contains(new BearerToken("a.b.c"));
    }

    @Test
    void the_token_of_a_payload_handshake_is_a_bearer_token() {
        Metadata headers = new Metadata();
        headers.put(FlightCredentials.AUTH_TOKEN, "a.b.c".getBytes(StandardCharsets.UTF_8));

        assertThat(FlightCredentials.read(headers)).contains(new BearerToken("a.b.c"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic", "Digest abc", "Basic ***", "Basic YWxpY2U", "alice:secret"})
    void anything_else_is_refused(String header) {
        assertThatThrownBy(() -> FlightCredentials.read(authorization(header)))
                .isInstanceOf(SkyportException.class)
                .hasMessageContaining("authentication failed");
    }

    private static Metadata authorization(String value) {
        Metadata headers = new Metadata();
        headers.put(FlightCredentials.AUTHORIZATION, value);
        return headers;
    }
}
