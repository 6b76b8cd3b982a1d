package io.skyport.flightsql;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthGrpc;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.security.Authenticator;
import io.skyport.security.Credentials;
import io.skyport.security.LoginThrottle;
import io.skyport.security.Principal;
import java.util.Collection;
import java.util.List;
import net.devh.boot.grpc.common.util.InterceptorOrder;
import net.devh.boot.grpc.server.interceptor.GrpcGlobalServerInterceptor;
import net.devh.boot.grpc.server.security.authentication.GrpcAuthenticationReader;
import net.devh.boot.grpc.server.security.check.AbstractGrpcSecurityMetadataSource;
import net.devh.boot.grpc.server.security.check.AccessPredicate;
import net.devh.boot.grpc.server.security.check.AccessPredicateConfigAttribute;
import net.devh.boot.grpc.server.security.check.AccessPredicateVoter;
import net.devh.boot.grpc.server.security.check.GrpcSecurityMetadataSource;
import net.devh.boot.grpc.server.security.interceptors.AuthenticatingServerInterceptor;
import net.devh.boot.grpc.server.security.interceptors.ExceptionTranslatingServerInterceptor;
import org.apache.arrow.flight.impl.FlightServiceGrpc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.access.AccessDecisionManager;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.ConfigAttribute;
import org.springframework.security.access.vote.UnanimousBased;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/**
 * Closes the gRPC server: credentials are read from the headers, checked by Spring's authentication manager, and every method
 * needs them. Open are only the health service, and Handshake, whose payload may carry the credentials instead.
 */
@Configuration(proxyBeanMethods = false)
public class FlightSecurityConfiguration {

    /** After net.devh's authentication (5100), before its authorisation (5200) and before Flight's middleware. */
    private static final int PRINCIPAL_ORDER = 5150;

    @Bean
    GrpcAuthenticationReader flightAuthenticationReader() {
        return (call, headers) -> {
            try {
                return FlightCredentials.read(headers)
                        .map(credentials -> authentication(credentials, call))
                        .orElse(null);
            } catch (SkyportException e) {
                throw new BadCredentialsException(e.getMessage(), e);
            }
        };
    }

    /**
     * Without this bean and the next net.devh would let anonymous calls pass. Goes by names: net.devh's own goes by
     * descriptors, and those of the Flight service are others than the generated ones.
     */
    @Bean
    GrpcSecurityMetadataSource flightSecurityMetadataSource() {
        Collection<ConfigAttribute> closed =
                List.of(new AccessPredicateConfigAttribute(AccessPredicate.authenticated()));
        return new AbstractGrpcSecurityMetadataSource() {
            @Override
            public Collection<ConfigAttribute> getAttributes(ServerCall<?, ?> call) {
                return isOpen(call.getMethodDescriptor()) ? List.of() : closed; // no attributes: for all
            }

            @Override
            public Collection<ConfigAttribute> getAllConfigAttributes() {
                return closed;
            }
        };
    }

    private static boolean isOpen(MethodDescriptor<?, ?> method) {
        return method.getFullMethodName()
                        .equals(FlightServiceGrpc.getHandshakeMethod().getFullMethodName())
                || HealthGrpc.SERVICE_NAME.equals(method.getServiceName());
    }

    @Bean
    AccessDecisionManager flightAccessDecisionManager() {
        return new UnanimousBased(List.of(new AccessPredicateVoter()));
    }

    /** Refusals in the form of all failures, with their SQLSTATE. They tell nothing of the reason. */
    @GrpcGlobalServerInterceptor
    @Order(InterceptorOrder.ORDER_SECURITY_EXCEPTION_HANDLING)
    ExceptionTranslatingServerInterceptor securityFailures() {
        return new ExceptionTranslatingServerInterceptor() {
            @Override
            protected void closeCallUnauthenticated(ServerCall<?, ?> call, AuthenticationException failure) {
                close(call, Authenticator.refusal());
            }

            @Override
            protected void closeCallAccessDenied(ServerCall<?, ?> call, AccessDeniedException failure) {
                close(
                        call,
                        new SkyportException(ErrorCode.INSUFFICIENT_PRIVILEGE, "the user may not call this method"));
            }
        };
    }

    @Bean(destroyMethod = "close")
    LoginDelay loginDelay(LoginThrottle throttle) {
        return new LoginDelay(throttle);
    }

    /** Outside of all that looks at credentials. */
    @GrpcGlobalServerInterceptor
    @Order(InterceptorOrder.ORDER_SECURITY_EXCEPTION_HANDLING - 1)
    ServerInterceptor loginDelays(LoginDelay delay) {
        return delay::interceptCall;
    }

    /** Makes the principal known as {@link CallPrincipal}. */
    @GrpcGlobalServerInterceptor
    @Order(PRINCIPAL_ORDER)
    ServerInterceptor callPrincipalInterceptor() {
        return new ServerInterceptor() {
            @Override
            public <Q, A> ServerCall.Listener<Q> interceptCall(
                    ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
                Authentication authentication = AuthenticatingServerInterceptor.AUTHENTICATION_CONTEXT_KEY.get();
                if (authentication == null || !(authentication.getPrincipal() instanceof Principal principal)) {
                    return next.startCall(call, headers);
                }
                Context context = Context.current().withValue(CallPrincipal.KEY, principal);
                return Contexts.interceptCall(context, call, headers, next);
            }
        };
    }

    private static void close(ServerCall<?, ?> call, SkyportException failure) {
        StatusRuntimeException status = RpcErrors.toStatus(failure);
        Metadata trailers = status.getTrailers();
        call.close(status.getStatus(), trailers == null ? new Metadata() : trailers);
    }

    private static Authentication authentication(Credentials credentials, ServerCall<?, ?> call) {
        AbstractAuthenticationToken request = credentials.match(
                password -> UsernamePasswordAuthenticationToken.unauthenticated(password.name(), password.password()),
                bearer -> new BearerTokenAuthenticationToken(bearer.value()));
        LoginDelay.address(call).ifPresent(request::setDetails);
        return request;
    }
}
