package io.skyport.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.unit.DataSize;

/**
 * A value that no property of its type may have stops the start before anything is opened; one message names the property. What only
 * the rooms can find out is in InvalidStartIT.
 */
@ExtendWith(OutputCaptureExtension.class)
class InvalidPropertiesIT {

    /** Nothing but properties. */
    @ConfigurationPropertiesScan("io.skyport")
    static class Nothing {}

    @ParameterizedTest
    @MethodSource("values")
    void stop_the_start(Class<?> type, String name, String value, CapturedOutput output) {
        String failure = start(type, name, value);

        assertThat(failure).as(name + "=" + value + " is accepted").isNotNull();
        assertThat(output.getAll())
                .as(name + "=" + value)
                .contains(name.replaceAll("\\[\\d]$", ""))
                .doesNotContain("\tat ");
        assertThat(output.getAll().split("APPLICATION FAILED TO START", -1)).hasSize(2);
        assertThat(output.getAll().lines().filter(line -> !line.isBlank()).count())
                .as(output.getAll())
                .isLessThan(16);
    }

    private static @org.jspecify.annotations.Nullable String start(Class<?> type, String name, String value) {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(
                        Nothing.class, PropertyChecksConfiguration.class)
                .web(WebApplicationType.NONE)
                .run(
                        "--" + name + "=" + value,
                        "--spring.config.location=classpath:/application.yml",
                        "--logging.level.org.springframework.context=error")) {
            Object unused = context.getBean(type);
            return null;
        } catch (RuntimeException e) {
            return String.valueOf(e.getMessage());
        }
    }

    static Stream<Object[]> values() {
        return PropertyRecords.all().flatMap(type -> values(type, PropertyRecords.prefix(type), type));
    }

    private static Stream<Object[]> values(Class<?> root, String prefix, Class<?> record) {
        return Stream.of(record.getRecordComponents())
                .flatMap(component ->
                        values(root, prefix + "." + PropertyRecords.kebab(component.getName()), component));
    }

    private static Stream<Object[]> values(Class<?> root, String name, RecordComponent component) {
        Class<?> type = component.getType();
        if (type.isRecord()) {
            return values(root, name, type);
        }
        if (component.getGenericType() instanceof ParameterizedType list
                && list.getActualTypeArguments()[0] instanceof Class<?> element
                && element.isRecord()) {
            return Stream.of(element.getRecordComponents())
                    .filter(part -> part.getName().matches("name|password|token|user"))
                    .map(part -> new Object[] {root, name + "[0]." + PropertyRecords.kebab(part.getName()), " "});
        }
        return invalid(type).stream().map(value -> new Object[] {root, name, value});
    }

    private static List<String> invalid(Class<?> type) {
        List<String> values = new ArrayList<>();
        if (type == int.class || type == long.class) {
            values.addAll(List.of("-1", "many", "99999999999999999999"));
        } else if (type == boolean.class || type == Boolean.class || type.isEnum()) {
            values.add("perhaps");
        } else if (type == Duration.class) {
            values.addAll(List.of("-1s", "soon", "5 parsecs"));
        } else if (type == DataSize.class) {
            values.addAll(List.of("-1B", "-5MB", "much", "5 parsecs"));
        } else if (type == Path.class) {
            values.add("a\0b");
        }
        return values;
    }
}
