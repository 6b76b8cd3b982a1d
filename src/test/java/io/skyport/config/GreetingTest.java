package io.skyport.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyport.security.User;
import io.skyport.security.Users;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GreetingTest {

    @Test
    void a_generated_password_is_shown_in_snippets_that_connect_as_they_are() {
        Users users = Users.of(List.of());
        String password = users.generatedPassword().orElseThrow();

        String text = new Greeting(50051, false, OptionalInt.of(8889), 8080, users, false).text();

        assertThat(text)
                .contains("grpc://localhost:50051")
                .contains("FlyDB       localhost:8889")
                .contains("http://localhost:8080/actuator/health")
                .contains("db_kwargs={\"username\": \"admin\", \"password\": \"" + password + "\"}")
                .contains(
                        "jdbc:arrow-flight-sql://localhost:50051/?useEncryption=false&user=admin&password=" + password);
    }

    @Test
    void a_configured_password_is_never_shown() {
        Users users = Users.of(List.of(new User("al ice", "{noop}secret", Set.of())));

        assertThat(new Greeting(1, false, OptionalInt.empty(), 2, users, false).text())
                .doesNotContain("secret")
                .contains("user=al%20ice&password=<password>");
    }

    @Test
    void for_a_demonstration_a_configured_password_can_be_shown_unless_only_its_hash_is_known() {
        Users plain = Users.of(List.of(new User("demo", "{noop}se&cret", Set.of())));
        Users hashed = Users.of(List.of(new User("demo", "{bcrypt}$2a$10$abc", Set.of())));

        assertThat(new Greeting(1, false, OptionalInt.empty(), 2, plain, true).text())
                .contains("user=demo&password=se%26cret")
                .contains("\"password\": \"se&cret\"");
        assertThat(new Greeting(1, false, OptionalInt.empty(), 2, hashed, true).text())
                .contains("user=demo&password=<password>");
    }

    @Test
    void with_tls_the_snippets_encrypt() {
        assertThat(new Greeting(1, true, OptionalInt.empty(), 2, Users.of(List.of()), false).text())
                .contains("grpc+tls://localhost:1")
                .contains("useEncryption=true");
    }
}
