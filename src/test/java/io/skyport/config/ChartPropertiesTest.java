package io.skyport.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Quantity;
import io.skyport.chart.Chart;
import io.skyport.engine.EngineProperties;
import io.skyport.security.SecurityProperties;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.devh.boot.grpc.server.config.GrpcServerProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

/** What the Helm chart configures is bound to the classes that the server itself binds: no property, and no variable, is void. */
class ChartPropertiesTest {

    /** The frameworks' classes for what the chart sets, or its value sets show in {@code config}. */
    private static final Map<String, Class<?>> FRAMEWORKS = Map.of(
            "grpc.server", GrpcServerProperties.class,
            "server", ServerProperties.class,
            "spring.lifecycle", LifecycleProperties.class,
            "spring.ssl", SslProperties.class,
            "management.endpoints.web", WebEndpointProperties.class);

    /** Read by Spring Boot's logging without a class. */
    private static final Set<String> LOGGING = Set.of("logging.level.io.skyport", "logging.structured.format.console");

    /** Not of the server: the JVM's, and the one that a value set adds. */
    private static final Set<String> OTHER_VARIABLES = Set.of("JAVA_TOOL_OPTIONS", "TZ");

    private static final long MEBIBYTE = 1024 * 1024;

    private static final String SECRET = "{noop}what a Secret would say, 32 bytes at least";

    @ParameterizedTest
    @MethodSource("valueSets")
    void every_property_of_the_config_map_is_bound(Path values) throws IOException {
        bindAll(applicationYml(Chart.documents(Chart.manifests(values))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "skyport: {engine: {memory-limits: 1GB}}",
                "skyport: {engines: {memory-limit: 1GB}}",
                "skyport: {engine: {memory-limit: much}}",
                "skyport: {data-dirs: ./data}",
                "grpc: {server: {prot: 1}}",
                "grpc: {sever: {port: 1}}",
                "server: {port: many}",
                "spring: {ssl: {bundle: {pem: {server: {keystor: {certificate: x}}}}}}",
                "spring: {lifecycle: {timeout: 1s}}",
                "management: {endpoints: {web: {exposures: {include: health}}}}",
                "logging: {levels: {root: warn}}"
            })
    void a_property_that_nothing_reads_would_be_found(String yaml) throws IOException {
        EnumerablePropertySource<?> source = source(yaml);

        assertThatThrownBy(() -> bindAll(source)).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void every_environment_variable_is_a_property(Path values) {
        assertThat(variables(Chart.documents(Chart.manifests(values))).keySet())
                .filteredOn(name -> !OTHER_VARIABLES.contains(name))
                .allMatch(PropertiesRecords.names()::acceptsVariable);
    }

    @Test
    void users_tokens_and_the_signing_key_arrive_from_secrets() {
        Map<String, Object> variables =
                variables(Chart.documents(Chart.manifests(Path.of("src/test/resources/chart/values/users.yaml"))));

        SecurityProperties security = binder(new SystemEnvironmentPropertySource("systemEnvironment", variables))
                .bind("skyport.security", SecurityProperties.class)
                .get();

        assertThat(security.users())
                .containsExactly(
                        new SecurityProperties.UserProperties("alice", SECRET, Set.of("admin", "reader")),
                        new SecurityProperties.UserProperties("bob, the builder", SECRET, Set.of()));
        assertThat(security.tokens())
                .containsExactly(
                        new SecurityProperties.TokenProperties(SECRET, "alice"),
                        new SecurityProperties.TokenProperties(SECRET, "alice"));
        assertThat(security.jwt().secret()).isEqualTo(SECRET);
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void the_jvm_takes_its_options(Path values) throws IOException, InterruptedException {
        String options = String.valueOf(
                variables(Chart.documents(Chart.manifests(values))).get("JAVA_TOOL_OPTIONS"));
        ProcessBuilder command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        command.environment().put("JAVA_TOOL_OPTIONS", options);
        Process jvm = command.start();

        assertThat(options).contains("-Xmx").contains("-XX:MaxDirectMemorySize=");
        assertThat(jvm.waitFor()).isZero();
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void heap_engine_and_arrow_leave_the_pod_room(Path values) throws IOException {
        List<JsonNode> objects = Chart.documents(Chart.manifests(values));
        EngineProperties engine = binder(applicationYml(objects))
                .bind("skyport.engine", EngineProperties.class)
                .get();
        String options = String.valueOf(variables(objects).get("JAVA_TOOL_OPTIONS"));
        long heap = Long.parseLong(options.replaceAll(".*-Xmx(\\d+)m.*", "$1"));
        Quantity limit =
                Quantity.parse(container(objects).at("/resources/limits/memory").asText());
        long all = heap
                + engine.memoryLimit().toMegabytes()
                + engine.arrowMemoryLimit().toMegabytes();

        assertThat(all).isBetween(1000L, Quantity.getAmountInBytes(limit).longValue() / MEBIBYTE - 500);
    }

    private static void bindAll(EnumerablePropertySource<?> properties) {
        Binder binder = binder(properties);
        PropertyNames names = PropertiesRecords.names();
        PropertiesRecords.all()
                .forEach(type ->
                        binder.bindOrCreate(PropertiesRecords.prefix(type), Bindable.of(type), BindHandler.DEFAULT));
        FRAMEWORKS.forEach((prefix, type) ->
                binder.bindOrCreate(prefix, Bindable.of(type), new NoUnboundElementsBindHandler(BindHandler.DEFAULT)));
        assertThat(properties.getPropertyNames())
                .allMatch(name -> name.startsWith("skyport.")
                        ? names.accepts(name)
                        : LOGGING.contains(name)
                                || FRAMEWORKS.keySet().stream().anyMatch(prefix -> name.startsWith(prefix + ".")));
    }

    private static Binder binder(org.springframework.core.env.PropertySource<?> source) {
        MutablePropertySources sources = new MutablePropertySources();
        sources.addFirst(source);
        return new Binder(ConfigurationPropertySources.from(sources));
    }

    private static EnumerablePropertySource<?> applicationYml(List<JsonNode> objects) throws IOException {
        JsonNode map = objects.stream()
                .filter(object -> object.at("/data/application.yml").isTextual())
                .findFirst()
                .orElseThrow();
        return source(map.at("/data/application.yml").asText());
    }

    private static EnumerablePropertySource<?> source(String yaml) throws IOException {
        return (EnumerablePropertySource<?>) new YamlPropertySourceLoader()
                .load("application.yml", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
                .get(0);
    }

    private static Map<String, Object> variables(List<JsonNode> objects) {
        Map<String, Object> variables = new LinkedHashMap<>();
        container(objects)
                .path("env")
                .forEach(variable -> variables.put(
                        variable.path("name").asText(), variable.path("value").asText(SECRET)));
        return variables;
    }

    private static JsonNode container(List<JsonNode> objects) {
        return objects.stream()
                .filter(object -> object.path("kind").asText().equals("StatefulSet"))
                .map(object -> object.at("/spec/template/spec/containers/0"))
                .findFirst()
                .orElseThrow();
    }

    static Stream<Path> valueSets() throws IOException {
        return Chart.valueSets();
    }
}
