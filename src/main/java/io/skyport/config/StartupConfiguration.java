package io.skyport.config;

import io.skyport.catalog.ExternalCopies;
import io.skyport.engine.ArrowFiles;
import io.skyport.engine.DataProperties;
import io.skyport.engine.Engine;
import io.skyport.engine.EngineProperties;
import io.skyport.error.SkyportException;
import io.skyport.flightsql.FlightServerState;
import io.skyport.flydb.server.FlydbServer;
import io.skyport.security.TlsConfiguration;
import io.skyport.security.TlsProperties;
import io.skyport.security.Users;
import io.skyport.session.LogContext;
import io.skyport.session.Session;
import io.skyport.session.Sessions;
import io.skyport.sql.SqlCompiler;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.ClassUtils;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/**
 * The order of start and stop.
 *
 * <p>Start: checks of the configuration; beans (the engine opens); HTTP, which says "alive, not ready"; leftovers of a crash are removed; start-up
 * DDL and warm-up; gRPC and FlyDB; ready. Stop: not ready; sessions begin no statements and wait for running ones; gRPC and FlyDB
 * take nothing new and wait for what is left; HTTP; beans in reverse (sessions roll back what is open, the engine closes last).
 */
@Configuration(proxyBeanMethods = false)
public class StartupConfiguration {

    private static final Logger log = LoggerFactory.getLogger(StartupConfiguration.class);

    private static final String PREFIX = "skyport";

    /** After the web server (Integer.MAX_VALUE - 2048), before the gRPC server (Integer.MAX_VALUE). */
    private static final int PHASE = Integer.MAX_VALUE - 512;

    private static final List<String> REPLACED = List.of("grpc.server.security", "server.ssl");

    private static final String STARTUP_USER = "(startup)";

    /** Runs before any bean exists: nothing is opened with a configuration that has a mistake. */
    @Bean
    static BeanFactoryPostProcessor startChecks(ConfigurableEnvironment environment) {
        return beans -> {
            refuseUnknownProperties(environment, propertyNames(beans));
            REPLACED.forEach(prefix -> refuseReplaced(environment, prefix));
            Path data = Binder.get(environment)
                    .bindOrCreate(PREFIX, DataProperties.class)
                    .dataDir();
            DataDirectory.check(data);
            EngineProperties engine = Binder.get(environment).bindOrCreate(PREFIX + ".engine", EngineProperties.class);
            DataDirectory.check(engine);
            DataDirectory.requireApart(data, engine);
        };
    }

    @Bean
    SmartLifecycle startup(
            StartupProperties properties,
            Sessions sessions,
            SqlCompiler compiler,
            Engine engine,
            ArrowFiles arrowFiles) {
        return new Startup(properties, sessions, compiler, () -> arrowFiles.keepOnly(ExternalCopies.names(engine)));
    }

    @Bean
    ApplicationListener<AvailabilityChangeEvent<ReadinessState>> greeting(
            StartupProperties properties,
            FlightServerState flight,
            ObjectProvider<FlydbServer> flydb,
            ServletWebServerApplicationContext http,
            Users users,
            TlsProperties tls) {
        AtomicBoolean greeted = new AtomicBoolean();
        // A class and not a lambda, whose event type Spring could not see.
        return new ApplicationListener<AvailabilityChangeEvent<ReadinessState>>() {
            @Override
            public void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
                boolean ready = event.getState() == ReadinessState.ACCEPTING_TRAFFIC;
                if (ready && flight.port().isPresent() && greeted.compareAndSet(false, true)) {
                    int httpPort = http.getWebServer().getPort();
                    Greeting greeting = new Greeting(
                            flight.port().getAsInt(),
                            tls.enabled(),
                            flydb.stream().findFirst().map(FlydbServer::port).orElse(OptionalInt.empty()),
                            httpPort,
                            users,
                            properties.showPassword());
                    if (!tls.enabled()) {
                        log.warn("Passwords and data travel unencrypted: there is no TLS (skyport.tls.bundle)");
                    }
                    log.info("{}", greeting.text());
                }
            }
        };
    }

    /**
     * Before gRPC refuses all calls: what runs in a transaction can be committed, and who begins something is told why it
     * cannot.
     */
    @Bean
    ApplicationListener<ContextClosedEvent> draining(ApplicationContext context, Sessions sessions) {
        return new ApplicationListener<ContextClosedEvent>() {
            @Override
            public void onApplicationEvent(ContextClosedEvent event) {
                // Actuator's context on a port of its own closes too.
                if (event.getApplicationContext() == context && !sessions.drain()) {
                    log.warn(
                            "{} statements still run after skyport.session.drain-time, and will be stopped",
                            sessions.runningStatements());
                }
            }
        };
    }

    /** The names that all properties records of the product accept. */
    private static PropertyNames propertyNames(ConfigurableListableBeanFactory beans) {
        PropertyNames names = new PropertyNames();
        for (String bean : beans.getBeanNamesForAnnotation(ConfigurationProperties.class)) {
            Class<?> type = beans.getType(bean, false);
            ConfigurationProperties annotation = beans.findAnnotationOnBean(bean, ConfigurationProperties.class, false);
            if (type != null
                    && annotation != null
                    && type.isRecord()
                    && ClassUtils.getPackageName(type).startsWith("io.skyport.")) {
                names.add(annotation.value(), type);
            }
        }
        return names;
    }

    private static void refuseUnknownProperties(ConfigurableEnvironment environment, PropertyNames names) {
        List<String> unknown = new ArrayList<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource variables) {
                warnOfUnknownVariables(variables, names);
            } else if (source instanceof IterableConfigurationPropertySource iterable) {
                iterable.stream()
                        .filter(name -> ConfigurationPropertyName.of(PREFIX).isAncestorOf(name))
                        .filter(name -> !names.accepts(name.toString()))
                        .map(iterable::getConfigurationProperty)
                        .map(StartupConfiguration::nameAndOrigin)
                        .forEach(unknown::add);
            }
        }
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("There is no property " + String.join(", and no ", unknown));
        }
    }

    /** A second way to configure TLS would leave the other servers without. */
    private static void refuseReplaced(ConfigurableEnvironment environment, String prefix) {
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            boolean ours = source.getUnderlyingSource() instanceof PropertySource<?> named
                    && named.getName().equals(TlsConfiguration.HTTP_SOURCE);
            if (!ours
                    && source.containsDescendantOf(ConfigurationPropertyName.of(prefix))
                            == ConfigurationPropertyState.PRESENT) {
                throw new IllegalArgumentException(
                        prefix + " is not used here: skyport.tls.bundle gives all servers TLS");
            }
        }
    }

    private static String nameAndOrigin(@Nullable ConfigurationProperty property) {
        if (property == null) {
            return "";
        }
        return property.getName() + (property.getOrigin() == null ? "" : " (" + property.getOrigin() + ")");
    }

    /** Only warns: Kubernetes sets variables named after services, and a service may well be called "skyport". */
    private static void warnOfUnknownVariables(SystemEnvironmentPropertySource variables, PropertyNames names) {
        for (String variable : variables.getPropertyNames()) {
            if (variable.startsWith("SKYPORT_") && !names.acceptsVariable(variable)) {
                log.warn("The environment variable {} names no property and has no effect", variable);
            }
        }
    }

    /** Runs the start-up DDL and the warm-up while HTTP answers already and gRPC does not yet. */
    private static final class Startup implements SmartLifecycle {

        private final StartupProperties properties;
        private final Sessions sessions;
        private final SqlCompiler compiler;
        /** Of files that a crash left. */
        private final Runnable sweep;

        private volatile boolean running;

        Startup(StartupProperties properties, Sessions sessions, SqlCompiler compiler, Runnable sweep) {
            this.sweep = sweep;
            this.properties = properties;
            this.sessions = sessions;
            this.compiler = compiler;
        }

        @Override
        public void start() {
            sweep.run();
            Session session = sessions.session(STARTUP_USER, Set.of(), STARTUP_USER);
            if (properties.ddl() != null) {
                StartupDdl.run(properties.ddl(), session);
            }
            if (properties.warmUp()) {
                WarmUp.run(session, compiler);
            }
            LogContext.leave();
            running = true;
        }

        @Override
        public void stop() {
            running = false;
        }

        @Override
        public boolean isRunning() {
            return running;
        }

        @Override
        public int getPhase() {
            return PHASE;
        }
    }

    /** Says in one sentence, without a stack trace, why the server did not start, where our own checks know it. */
    @Order(Ordered.HIGHEST_PRECEDENCE)
    static final class StartFailures implements FailureAnalyzer {

        private static final Pattern SECRET = Pattern.compile(".*(password|token|secret|key)");
        private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

        @Override
        public @Nullable FailureAnalysis analyze(Throwable failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof BindValidationException invalid) {
                    return ofConfiguration(
                            invalid.getValidationErrors().getAllErrors().stream()
                                    .map(error -> invalid(
                                            error, invalid.getValidationErrors().getName()))
                                    .collect(Collectors.joining(System.lineSeparator())),
                            failure);
                }
            }
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof BindException unreadable && unreadable.getProperty() != null) {
                    return ofConfiguration(
                            value(
                                            unreadable.getName().toString(),
                                            unreadable.getProperty().getValue()) + ", which is no "
                                    + type(unreadable.getTarget()) + ": " + rootMessage(unreadable),
                            failure);
                }
            }
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (isOfCertificates(cause)) {
                    return new FailureAnalysis(
                            "spring.ssl.bundle: " + rootMessage(cause),
                            "Correct the names of the certificate's files, for skyport.tls.bundle.",
                            failure);
                }
                if (isRefusal(cause)) {
                    return ofConfiguration(String.valueOf(cause.getMessage()), failure);
                }
            }
            return ofListening(failure);
        }

        /** The servers of libraries name no property. */
        private static @Nullable FailureAnalysis ofListening(Throwable failure) {
            String text = String.valueOf(failure.getMessage());
            if (text.contains("'nettyGrpcServerLifecycle'")) {
                return ofConfiguration(
                        "Flight SQL cannot listen at grpc.server.address, grpc.server.port: " + lastMessages(failure),
                        failure);
            }
            if (text.contains("'webServerStartStop'") || text.contains("Unable to start web server")) {
                return ofConfiguration(
                        "HTTP cannot listen at server.address, server.port: " + rootMessage(failure), failure);
            }
            return null;
        }

        private static FailureAnalysis ofConfiguration(String what, Throwable failure) {
            return new FailureAnalysis(
                    what, "Correct the configuration: application.yml describes every property.", failure);
        }

        private static String invalid(ObjectError error, ConfigurationPropertyName prefix) {
            String name =
                    error instanceof FieldError field ? prefix + "." + kebab(field.getField()) : prefix.toString();
            Object value = error instanceof FieldError field ? field.getRejectedValue() : null;
            return value(name, value) + ": " + error.getDefaultMessage();
        }

        private static String value(String name, @Nullable Object value) {
            return name + (SECRET.matcher(name).matches() ? "" : " is '" + value + "'");
        }

        private static String kebab(String field) {
            return HUMP.matcher(field).replaceAll("-").toLowerCase(Locale.ROOT);
        }

        private static String type(Bindable<?> target) {
            Class<?> type = target.getType().resolve(Object.class);
            if (type == boolean.class || type == Boolean.class) {
                return "true or false";
            }
            return type.isEnum()
                    ? "one of "
                            + Stream.of(type.getEnumConstants())
                                    .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                                    .collect(Collectors.joining(", "))
                    : type.getSimpleName();
        }

        /** Of Spring Boot's bundles, before our own checks see them. */
        private static boolean isOfCertificates(Throwable cause) {
            return Stream.of(cause.getStackTrace())
                    .limit(1)
                    .anyMatch(frame -> frame.getClassName().startsWith("org.springframework.boot.autoconfigure.ssl."));
        }

        /** The root says what is wrong, and who met it with what. */
        private static String lastMessages(Throwable failure) {
            Throwable last = failure;
            while (last.getCause() != null && last.getCause().getCause() != null) {
                last = last.getCause();
            }
            return last.getMessage() + ": " + rootMessage(failure);
        }

        private static String rootMessage(Throwable failure) {
            Throwable root = failure;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            return String.valueOf(root.getMessage());
        }

        private static boolean isRefusal(Throwable cause) {
            boolean kind = cause instanceof SkyportException
                    || cause instanceof IllegalArgumentException
                    || cause instanceof IllegalStateException
                    || cause instanceof UncheckedIOException;
            StackTraceElement[] trace = cause.getStackTrace();
            return kind && trace.length > 0 && trace[0].getClassName().startsWith("io.skyport.");
        }
    }
}
