package io.skyport.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UsersTest {

    @Test
    void without_a_configured_user_there_is_an_admin_with_a_password_that_differs_each_time() {
        Users first = Users.of(List.of());
        Users second = Users.of(List.of());

        assertThat(first.first().name()).isEqualTo("admin");
        assertThat(first.first().roles()).containsExactly("admin");
        assertThat(first.generatedPassword()).hasValueSatisfying(password -> {
            assertThat(password).hasSizeGreaterThanOrEqualTo(24);
            assertThat(first.first().password()).isEqualTo("{noop}" + password);
        });
        assertThat(second.generatedPassword()).isNotEqualTo(first.generatedPassword());
    }

    @Test
    void with_a_configured_user_nothing_is_generated_and_admin_does_not_exist() {
        Users users = Users.of(List.of(new User("alice", "{noop}secret", Set.of())));

        assertThat(users.generatedPassword()).isEmpty();
        assertThat(users.find("admin")).isEmpty();
    }

    @Test
    void a_name_that_is_used_twice_is_refused() {
        User alice = new User("alice", "{noop}secret", Set.of());

        assertThatThrownBy(() -> Users.of(List.of(alice, alice))).hasMessageContaining("'alice' twice");
    }
}
