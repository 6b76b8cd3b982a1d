package io.skyport.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.util.unit.DataSize;

/** The operator's file, the records' defaults and the packaged file say the same, and the operator's file says everything. */
class ApplicationYmlTest {

    private static final Path OPERATORS_FILE = Path.of("application.yml");

    @Test
    void every_property_of_every_record_is_documented_and_nothing_else() throws IOException {
        Set<String> documented = settings(uncommented()).keySet().stream()
                .filter(name -> name.startsWith("skyport."))
                .map(name -> name.replaceAll("\\[\\d+]", "[]"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(names().all().stream().filter(name -> !isDocumented(name, documented)))
                .as("properties without a line in application.yml")
                .isEmpty();
        assertThat(documented.stream().filter(name -> !names().accepts(name)))
                .as("lines of application.yml that are no property")
                .isEmpty();
    }

    @Test
    void every_property_has_a_comment_before_it() throws IOException {
        List<String> lines = Files.readAllLines(OPERATORS_FILE);
        List<String> bare = new ArrayList<>();
        for (int i = 1; i < lines.indexOf("---"); i++) {
            boolean property = lines.get(i).matches("\\s+#?[a-z-]+:( .*)?");
            boolean group = i + 1 < lines.size() && indent(lines.get(i + 1)) > indent(lines.get(i));
            boolean listItem = lines.get(i).matches("\\s+#\\s+.*");
            if (property && !group && !listItem && !lines.get(i - 1).matches("\\s*#.*")) {
                bare.add(lines.get(i));
            }
        }
        assertThat(bare).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("records")
    void the_values_in_the_file_are_the_records_defaults(Class<?> type) throws IOException {
        Object defaults = bind(type, Map.of());

        assertThat(bind(type, settings(Files.readString(OPERATORS_FILE)))).isEqualTo(defaults);
    }

    @Test
    void settings_of_the_frameworks_are_those_of_the_packaged_file() throws IOException {
        Map<String, Object> packaged =
                settings(new ClassPathResource("application.yml").getContentAsString(StandardCharsets.UTF_8));

        settings(Files.readString(OPERATORS_FILE)).forEach((name, value) -> {
            if (!name.startsWith("skyport.")) {
                assertThat(packaged).containsEntry(name, value);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("records")
    void every_property_is_bound(Class<?> type) throws ReflectiveOperationException {
        Object defaults = bind(type, Map.of());
        for (RecordComponent component : type.getRecordComponents()) {
            String name = prefix(type) + "." + component.getName();
            Object changed = bind(type, sample(name, component, defaults));

            assertThat(value(component, changed)).as(name).isNotEqualTo(value(component, defaults));
        }
    }

    @ParameterizedTest
    @MethodSource("records")
    void every_property_is_bound_from_its_environment_variable(Class<?> type) throws ReflectiveOperationException {
        Object defaults = bind(type, Map.of());
        for (RecordComponent component : type.getRecordComponents()) {
            Map<String, Object> variables = new LinkedHashMap<>();
            sample(prefix(type) + "." + component.getName(), component, defaults)
                    .forEach((name, value) -> variables.put(
                            name.replaceAll("[\\[.]", "_").replace("]", "").toUpperCase(java.util.Locale.ROOT), value));
            Object changed = Binder.get(environment(variables)).bindOrCreate(prefix(type), type);

            assertThat(value(component, changed)).as(variables.toString()).isNotEqualTo(value(component, defaults));
            assertThat(variables.keySet()).allMatch(names()::acceptsVariable);
        }
    }

    @Test
    void the_documented_environment_variables_are_heard() {
        StandardEnvironment environment = environment(Map.of(
                "SKYPORT_DATADIR", "/srv/skyport",
                "GRPC_SERVER_PORT", "1",
                "SERVER_PORT", "2",
                "SKYPORT_SECURITY_USERS_0_NAME", "alice",
                "SKYPORT_SECURITY_USERS_0_PASSWORD", "{noop}secret",
                "SKYPORT_SECURITY_USERS_0_ROLES", "admin,reader"));

        assertThat(Binder.get(environment).bind("skyport.data-dir", Path.class).get())
                .isEqualTo(Path.of("/srv/skyport"));
        assertThat(environment.getProperty("grpc.server.port")).isEqualTo("1");
        assertThat(environment.getProperty("server.port")).isEqualTo("2");
        assertThat(Binder.get(environment)
                        .bind("skyport.security", io.skyport.security.SecurityProperties.class)
                        .get()
                        .users())
                .containsExactly(new io.skyport.security.SecurityProperties.UserProperties(
                        "alice", "{noop}secret", Set.of("admin", "reader")));
    }

    private static boolean isDocumented(String name, Set<String> documented) {
        // [a, b] is flattened to a[0], a[1]; an empty list to its name.
        return documented.contains(name) || documented.contains(name.replaceAll("\\[]$", ""));
    }

    private static Map<String, Object> sample(String name, RecordComponent component, Object defaults)
            throws ReflectiveOperationException {
        Class<?> type = component.getType();
        if (type == boolean.class) {
            return Map.of(name, String.valueOf(!(Boolean) Objects.requireNonNull(value(component, defaults))));
        }
        if (type.isEnum()) {
            return Map.of(name, type.getEnumConstants()[1].toString());
        }
        if (type.isRecord()) {
            RecordComponent first = type.getRecordComponents()[0];
            return sample(name + "." + first.getName(), first, Objects.requireNonNull(value(component, defaults)));
        }
        if (component.getGenericType().getTypeName().matches(".*<io\\.skyport\\..*")) {
            Map<String, Object> element = new LinkedHashMap<>();
            Class<?> record = (Class<?>)
                    ((java.lang.reflect.ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
            for (RecordComponent part : record.getRecordComponents()) {
                Object[] constants = part.getType().getEnumConstants();
                element.put(name + "[0]." + part.getName(), constants == null ? "7" : constants[1].toString());
            }
            return element;
        }
        String suffix = type == Duration.class ? "s" : type == DataSize.class ? "MB" : "";
        return Map.of(
                List.class.isAssignableFrom(type) || Set.class.isAssignableFrom(type) ? name + "[0]" : name,
                "7" + suffix);
    }

    private static @Nullable Object value(RecordComponent component, Object owner) throws ReflectiveOperationException {
        component.getAccessor().setAccessible(true);
        return component.getAccessor().invoke(owner);
    }

    private static Object bind(Class<?> type, Map<String, Object> settings) {
        ConfigurationPropertySource source = new MapConfigurationPropertySource(settings);
        return new Binder(source).bindOrCreate(prefix(type), type);
    }

    private static StandardEnvironment environment(Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        MutablePropertySources sources = environment.getPropertySources();
        sources.remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
        sources.replace(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                new SystemEnvironmentPropertySource(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        ConfigurationPropertySources.attach(environment);
        return environment;
    }

    /** The first document of a YAML text, flattened. */
    private static Map<String, Object> settings(String yaml) throws IOException {
        byte[] bytes = yaml.split("\n---\n", 2)[0].getBytes(StandardCharsets.UTF_8);
        EnumerablePropertySource<?> source = (EnumerablePropertySource<?>) new YamlPropertySourceLoader()
                .load("yaml", new ByteArrayResource(bytes))
                .get(0);
        Map<String, Object> settings = new LinkedHashMap<>();
        for (String name : source.getPropertyNames()) {
            settings.put(name, Objects.requireNonNull(source.getProperty(name)).toString());
        }
        return settings;
    }

    /** The file with its "#name: value" lines made properties; "# " begins prose. */
    private static String uncommented() throws IOException {
        try (Stream<String> lines = Files.lines(OPERATORS_FILE)) {
            return lines.map(line -> line.matches("\\s*#(?! [^ ]).*") ? line.replaceFirst("#", "") : line)
                    .filter(line -> !line.isBlank())
                    .collect(Collectors.joining("\n"));
        }
    }

    private static int indent(String line) {
        return line.replace('#', ' ').length()
                - line.replace('#', ' ').stripLeading().length();
    }

    private static PropertyNames names() {
        return PropertiesRecords.names();
    }

    private static String prefix(Class<?> type) {
        return PropertyRecords.prefix(type);
    }

    private static Stream<Class<?>> records() {
        return PropertyRecords.all();
    }
}
