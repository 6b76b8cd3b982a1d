package io.skyport.security;

import io.skyport.security.TlsProperties.ClientCertificates;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/**
 * One certificate for all servers. The operator's bundle is read and checked as a whole, and what serves becomes the bundle {@link
 * #CHECKED}, which the servers use: should its files be replaced by such that do not serve, the last ones that did stay.
 */
@Configuration(proxyBeanMethods = false)
public class TlsConfiguration {

    /** The name of the property source that lets the HTTP server use the bundle. */
    public static final String HTTP_SOURCE = "skyport.tls";

    private static final Logger log = LoggerFactory.getLogger(TlsConfiguration.class);

    /** The bundle that was checked. */
    private static final String CHECKED = "skyport (checked)";

    private static final String BUNDLE_PROPERTY = "skyport.tls.bundle";

    @Bean
    static BeanPostProcessor checkedCertificates(Environment environment) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (bean instanceof DefaultSslBundleRegistry bundles) {
                    TlsProperties properties = Binder.get(environment).bindOrCreate("skyport.tls", TlsProperties.class);
                    String operators = properties.bundle();
                    if (properties.enabled() && operators != null) {
                        registerChecked(bundles, operators, properties.clientCertificates());
                    }
                }
                return bean;
            }
        };
    }

    @Bean
    ServerTls serverTls(TlsProperties properties, SslBundles bundles) {
        if (!properties.enabled()) {
            return new ServerTls(null);
        }
        ServerTls tls = new ServerTls(keys(bundles.getBundle(CHECKED), properties.clientCertificates()));
        bundles.addBundleUpdateHandler(CHECKED, bundle -> tls.replace(keys(bundle, properties.clientCertificates())));
        return tls;
    }

    private static void registerChecked(
            DefaultSslBundleRegistry bundles, String operators, ClientCertificates clients) {
        SslBundle first;
        try {
            first = bundles.getBundle(operators);
        } catch (NoSuchSslBundleException e) {
            throw new IllegalArgumentException(
                    BUNDLE_PROPERTY + " is '" + operators + "', and there is no spring.ssl.bundle.pem." + operators, e);
        }
        bundles.registerBundle(CHECKED, checked(first, operators, clients));
        bundles.addBundleUpdateHandler(operators, updated -> {
            try {
                bundles.updateBundle(CHECKED, checked(updated, operators, clients));
            } catch (RuntimeException e) {
                log.error(
                        "The files of the TLS certificate were replaced, and do not serve; the old ones stay. {}",
                        why(e));
            }
        });
    }

    /** Has all in memory that it needs. */
    private static SslBundle checked(SslBundle bundle, String name, ClientCertificates clients) {
        try {
            SslStoreBundle stores = bundle.getStores();
            KeyStore keys = stores.getKeyStore();
            if (keys == null) {
                throw new IllegalArgumentException("it has no keystore");
            }
            KeyStore authorities = stores.getTrustStore();
            if (clients != ClientCertificates.NONE && authorities == null) {
                throw new IllegalArgumentException("it has no truststore, which skyport.tls.client-certificates needs");
            }
            String password = bundle.getKey().getPassword();
            X509Certificate certificate = Certificates.server(
                    keys, bundle.getKey().getAlias(), password == null ? stores.getKeyStorePassword() : password);
            SslBundle whole = SslBundle.of(
                    SslStoreBundle.of(keys, stores.getKeyStorePassword(), authorities),
                    bundle.getKey(),
                    bundle.getOptions(),
                    bundle.getProtocol());
            whole.createSslContext();
            if (Certificates.expired(certificate)) {
                log.warn("The TLS certificate has expired: {}", Certificates.describe(certificate));
            } else {
                log.info("TLS with the certificate of {}", Certificates.describe(certificate));
            }
            return whole;
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    BUNDLE_PROPERTY + ": the bundle '" + name + "' does not serve: " + why(e), e);
        }
    }

    private static String why(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof IllegalArgumentException)) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    private static TlsKeys keys(SslBundle bundle, ClientCertificates clients) {
        SslOptions options = bundle.getOptions();
        return new TlsKeys(
                bundle.getManagers().getKeyManagerFactory(),
                clients == ClientCertificates.NONE ? null : bundle.getManagers().getTrustManagerFactory(),
                clients == ClientCertificates.REQUIRED,
                list(options.getCiphers()),
                list(options.getEnabledProtocols()));
    }

    private static List<String> list(String @Nullable [] names) {
        return names == null ? List.of() : List.of(names);
    }

    /**
     * Lets Spring Boot's HTTP servers, also Actuator's own if it has a port of its own, use the bundle. They ask for certificates
     * of clients but do not insist, as probes have none: {@link SecurityConfiguration} does.
     */
    public static final class HttpTls implements EnvironmentPostProcessor {

        @Override
        public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
            String bundle = environment.getProperty(BUNDLE_PROPERTY);
            if (bundle == null || bundle.isBlank()) {
                return;
            }
            boolean asks = !environment
                    .getProperty("skyport.tls.client-certificates", "none")
                    .equalsIgnoreCase("none");
            Map<String, Object> settings = new HashMap<>();
            for (String server : List.of("server", "management.server")) {
                settings.put(server + ".ssl.bundle", CHECKED);
                settings.put(server + ".ssl.client-auth", asks ? "want" : "none");
            }
            environment.getPropertySources().addLast(new MapPropertySource(HTTP_SOURCE, settings));
        }
    }
}
