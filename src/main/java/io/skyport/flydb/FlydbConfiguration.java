package io.skyport.flydb;

import io.skyport.flydb.server.FlydbServer;
import io.skyport.flydb.server.Tls;
import io.skyport.security.Authenticator;
import io.skyport.security.LoginThrottle;
import io.skyport.security.ServerTls;
import io.skyport.session.CallListener;
import io.skyport.session.Sessions;
import java.nio.file.Path;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans of the FlyDB wire. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(prefix = "skyport.flydb", name = "enabled", matchIfMissing = true)
class FlydbConfiguration {

    private static final String UNKNOWN_VERSION = "unknown";

    @Bean(destroyMethod = "close")
    FlydbServer flydbServer(
            FlydbProperties properties,
            Sessions sessions,
            Authenticator authenticator,
            LoginThrottle throttle,
            ObjectProvider<CallListener> calls,
            ServerTls tls,
            ObjectProvider<BuildProperties> build,
            @Value("${skyport.data-dir:./data}") Path dataDirectory) {
        BuildProperties built = build.getIfAvailable();
        return new FlydbServer(
                properties,
                sessions,
                authenticator,
                throttle,
                calls.getIfAvailable(() -> CallListener.NONE),
                built == null ? UNKNOWN_VERSION : built.getVersion(),
                Tls.contexts(properties.tls(), tls, dataDirectory),
                properties.tls().required(tls.current().isPresent()));
    }

    @Bean
    SmartLifecycle flydbLifecycle(FlydbServer server, FlydbProperties properties) {
        return new Lifecycle(server, properties);
    }

    /** Starts and stops with the gRPC server: clients come when everything is ready, and go before anything is closed. */
    private static final class Lifecycle implements SmartLifecycle {

        private final FlydbServer server;
        private final FlydbProperties properties;
        private volatile boolean running;

        Lifecycle(FlydbServer server, FlydbProperties properties) {
            this.server = server;
            this.properties = properties;
        }

        @Override
        public void start() {
            server.start();
            running = true;
        }

        @Override
        public void stop() {
            running = false;
            server.stop(properties.shutdownGracePeriod());
        }

        /** Beside the gRPC server, which takes its time too. */
        @Override
        public void stop(Runnable stopped) {
            Thread stopping = new Thread(
                    () -> {
                        try {
                            stop();
                        } finally {
                            stopped.run();
                        }
                    },
                    "flydb-stop");
            stopping.start();
        }

        @Override
        public boolean isRunning() {
            return running;
        }

        @Override
        public int getPhase() {
            return Integer.MAX_VALUE;
        }
    }
}
