package io.skyport.observability;

import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Actuator's views of the configuration hide secrets also where an operator lets them show all other values. */
@Configuration(proxyBeanMethods = false)
public class SecretsConfiguration {

    private static final Pattern SECRET = Pattern.compile(".*(password|passwd|token|secret|private-?key|credentials)");

    @Bean
    SanitizingFunction secrets() {
        return data ->
                SECRET.matcher(data.getKey().toLowerCase(Locale.ROOT)).matches() ? data.withSanitizedValue() : data;
    }
}
