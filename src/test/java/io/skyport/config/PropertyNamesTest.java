package io.skyport.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PropertyNamesTest {

    private final PropertyNames names = new PropertyNames().add("skyport.demo", Demo.class);

    record Demo(int maxSize, List<String> directories, List<Entry> entries, Inner inner) {}

    record Entry(String name, List<String> roles) {}

    record Inner(String secret) {}

    @Test
    void names_are_those_of_the_record_components_in_kebab_case() {
        assertThat(names.all())
                .containsExactlyInAnyOrder(
                        "skyport.demo.max-size",
                        "skyport.demo.directories[]",
                        "skyport.demo.entries[].name",
                        "skyport.demo.entries[].roles[]",
                        "skyport.demo.inner.secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "skyport.demo.max-size",
                "skyport.demo.maxsize",
                "skyport.demo.directories",
                "skyport.demo.directories[1]",
                "skyport.demo.entries",
                "skyport.demo.entries[0].name",
                "skyport.demo.entries[0].roles[12]",
                "skyport.demo.inner.secret"
            })
    void what_binds_is_accepted(String name) {
        assertThat(names.accepts(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "skyport.demo.max-sizes",
                "skyport.demo.entries[0].nam",
                "skyport.demo.inner",
                "skyport.demo.inner.secret.more",
                "skyport.other",
                "skyport.demo"
            })
    void what_does_not_bind_is_not(String name) {
        assertThat(names.accepts(name)).isFalse();
    }

    @Test
    void environment_variables_are_recognised_by_their_letters() {
        assertThat(names.acceptsVariable("SKYPORT_DEMO_MAXSIZE")).isTrue();
        assertThat(names.acceptsVariable("SKYPORT_DEMO_MAX_SIZE")).isTrue();
        assertThat(names.acceptsVariable("SKYPORT_DEMO_ENTRIES_0_NAME")).isTrue();
        assertThat(names.acceptsVariable("SKYPORT_DEMO_MAXSIZES")).isFalse();
        assertThat(names.acceptsVariable("SKYPORT_SERVICE_HOST")).isFalse();
    }
}
