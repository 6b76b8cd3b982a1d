package io.skyport.flightsql;

import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolNegotiator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.skyport.security.ServerTls;
import io.skyport.security.TlsKeys;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSessionContext;
import net.devh.boot.grpc.server.serverfactory.GrpcServerConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** TLS of the gRPC server, by the certificate of all servers. */
@Configuration(proxyBeanMethods = false)
class FlightTlsConfiguration {

    @Bean
    GrpcServerConfigurer flightTls(ServerTls tls) {
        return server -> tls.current().ifPresent(first -> {
            CurrentContext current = new CurrentContext(context(first));
            tls.follow(keys -> current.replace(context(keys)));
            ((NettyServerBuilder) server).sslContext(current);
        });
    }

    private static SslContext context(TlsKeys tls) {
        try {
            SslContextBuilder builder = GrpcSslContexts.configure(SslContextBuilder.forServer(tls.keys()))
                    .protocols(tls.protocols());
            if (tls.clients() != null) {
                builder.trustManager(tls.clients())
                        .clientAuth(tls.required() ? ClientAuth.REQUIRE : ClientAuth.OPTIONAL);
            }
            if (!tls.ciphers().isEmpty()) {
                builder.ciphers(tls.ciphers());
            }
            return builder.build();
        } catch (SSLException e) {
            throw new IllegalArgumentException("skyport.tls does not serve gRPC: " + e.getMessage(), e);
        }
    }

    /** The context of the moment: gRPC asks for an engine at each connection, and keeps what it was given at its start. */
    private static final class CurrentContext extends SslContext {

        private volatile SslContext current;

        CurrentContext(SslContext first) {
            this.current = first;
        }

        void replace(SslContext next) {
            current = next;
        }

        @Override
        public boolean isClient() {
            return current.isClient();
        }

        @Override
        public List<String> cipherSuites() {
            return current.cipherSuites();
        }

        @Override
        @SuppressWarnings("deprecation") // The base class has no other.
        public ApplicationProtocolNegotiator applicationProtocolNegotiator() {
            return current.applicationProtocolNegotiator();
        }

        @Override
        public SSLEngine newEngine(ByteBufAllocator allocator) {
            return current.newEngine(allocator);
        }

        @Override
        public SSLEngine newEngine(ByteBufAllocator allocator, String peerHost, int peerPort) {
            return current.newEngine(allocator, peerHost, peerPort);
        }

        @Override
        public SSLSessionContext sessionContext() {
            return current.sessionContext();
        }
    }
}
