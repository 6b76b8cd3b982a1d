package io.skyport.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What happens between the start of the process and the first client.
 *
 * @param ddl a file of SQL statements, each ended by a semicolon, that are run at every start before clients are served;
 *     default none. A statement that fails stops the start.
 * @param warmUp whether queries are compiled and run before the server calls itself ready, so that the first client does
 *     not pay for loading classes; default true
 * @param showPassword whether the text that is printed once ready shows the first user's password, if that is configured
 *     as {@code {noop}}; for demonstrations; default false
 */
@ConfigurationProperties("skyport.startup")
public record StartupProperties(
        @Nullable Path ddl,
        @DefaultValue("true") boolean warmUp,
        @DefaultValue("false") boolean showPassword) {}
