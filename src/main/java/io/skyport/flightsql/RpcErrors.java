package io.skyport.flightsql;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import io.skyport.error.ErrorCode;
import io.skyport.error.RpcStatus;
import io.skyport.error.SkyportException;
import io.skyport.error.SqlPosition;
import java.nio.charset.StandardCharsets;
import java.util.function.IntUnaryOperator;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.grpc.StatusUtils;
import org.apache.arrow.memory.OutOfMemoryException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts failures into gRPC's form: the status by {@link ErrorCode#rpcStatus()}, the message with its SQLSTATE at the end,
 * the SQLSTATE also alone in the trailer {@code sqlstate}, and with the position in the SQL as a {@code google.rpc.ErrorInfo} in
 * {@code grpc-status-details-bin}.
 *
 * <p>What is not a {@link SkyportException} is a fault of ours: it is logged, and the client learns nothing of it.
 */
final class RpcErrors {

    /** Trailer with the five characters of the SQLSTATE. */
    static final Metadata.Key<String> SQLSTATE = Metadata.Key.of("sqlstate", Metadata.ASCII_STRING_MARSHALLER);

    /**
     * The most bytes a message takes in the trailers, where gRPC sends it percent-encoded: clients refuse trailers of
     * more than 8 KiB and would show that refusal in place of the failure.
     */
    static final int MAX_ENCODED_BYTES = 4096;

    /** The most bytes of UTF-8 of the message in the details, which travel as Base64 in the same trailers. */
    static final int MAX_DETAIL_BYTES = 2048;

    /** {@code ErrorInfo.domain}: whose reasons these are. */
    static final String DOMAIN = "io.skyport";

    private static final Metadata.Key<com.google.rpc.Status> DETAILS = Metadata.Key.of(
            "grpc-status-details-bin", ProtoUtils.metadataMarshaller(com.google.rpc.Status.getDefaultInstance()));

    private static final Logger LOG = LoggerFactory.getLogger(RpcErrors.class);
    private static final String ELLIPSIS = "...";

    private RpcErrors() {}

    /** The exception that Flight and gRPC pass to the client as it is. */
    static StatusRuntimeException toStatus(Throwable failure) {
        if (failure instanceof SkyportException known) {
            return toStatus(known);
        }
        if (failure instanceof StatusRuntimeException status) {
            return status;
        }
        if (failure instanceof StatusException status) {
            return new StatusRuntimeException(status.getStatus(), status.getTrailers());
        }
        if (failure instanceof FlightRuntimeException
                && StatusUtils.toGrpcException(failure) instanceof StatusRuntimeException status) {
            return status;
        }
        if (failure instanceof OutOfMemoryException) {
            return toStatus(new SkyportException(ErrorCode.OUT_OF_MEMORY, "Out of Arrow memory", failure));
        }
        LOG.error("A call failed unexpectedly", failure);
        return toStatus(ErrorCode.INTERNAL_ERROR, "The server failed to answer this request; its log tells why", null);
    }

    private static StatusRuntimeException toStatus(SkyportException failure) {
        if (failure.code() == ErrorCode.INTERNAL_ERROR || failure.code().fatal()) {
            LOG.error("A call failed", failure);
        }
        return toStatus(
                failure.code(),
                String.valueOf(failure.getMessage()),
                failure.position().orElse(null));
    }

    private static StatusRuntimeException toStatus(ErrorCode code, String message, @Nullable SqlPosition position) {
        Status.Code status = statusCode(code.rpcStatus());
        String suffix = " [" + code.sqlState() + "]";
        String detailed = truncate(message, MAX_DETAIL_BYTES - suffix.length(), RpcErrors::utf8Length) + suffix;
        Metadata trailers = new Metadata();
        trailers.put(SQLSTATE, code.sqlState());
        trailers.put(
                DETAILS,
                com.google.rpc.Status.newBuilder()
                        .setCode(status.value())
                        .setMessage(detailed)
                        .addDetails(Any.pack(info(code, position)))
                        .build());
        String description = truncate(message, MAX_ENCODED_BYTES - suffix.length(), RpcErrors::encodedLength) + suffix;
        return status.toStatus().withDescription(description).asRuntimeException(trailers);
    }

    private static ErrorInfo info(ErrorCode code, @Nullable SqlPosition position) {
        ErrorInfo.Builder info = ErrorInfo.newBuilder()
                .setReason(code.name())
                .setDomain(DOMAIN)
                .putMetadata("sqlstate", code.sqlState());
        if (position != null) {
            info.putMetadata("line", String.valueOf(position.line()));
            info.putMetadata("column", String.valueOf(position.column()));
        }
        return info.build();
    }

    private static Status.Code statusCode(RpcStatus status) {
        return switch (status) {
            case CANCELLED -> Status.Code.CANCELLED;
            case INVALID_ARGUMENT -> Status.Code.INVALID_ARGUMENT;
            case DEADLINE_EXCEEDED -> Status.Code.DEADLINE_EXCEEDED;
            case NOT_FOUND -> Status.Code.NOT_FOUND;
            case ALREADY_EXISTS -> Status.Code.ALREADY_EXISTS;
            case PERMISSION_DENIED -> Status.Code.PERMISSION_DENIED;
            case RESOURCE_EXHAUSTED -> Status.Code.RESOURCE_EXHAUSTED;
            case FAILED_PRECONDITION -> Status.Code.FAILED_PRECONDITION;
            case ABORTED -> Status.Code.ABORTED;
            case UNIMPLEMENTED -> Status.Code.UNIMPLEMENTED;
            case INTERNAL -> Status.Code.INTERNAL;
            case UNAVAILABLE -> Status.Code.UNAVAILABLE;
            case UNAUTHENTICATED -> Status.Code.UNAUTHENTICATED;
        };
    }

    private static String truncate(String text, int maxBytes, IntUnaryOperator length) {
        int room = maxBytes - ELLIPSIS.length();
        int used = 0;
        int fits = 0;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            used += length.applyAsInt(codePoint);
            i += Character.charCount(codePoint);
            if (used <= room) {
                fits = i;
            }
            if (used > maxBytes) {
                return text.substring(0, fits) + ELLIPSIS;
            }
        }
        return text;
    }

    /** gRPC sends printable ASCII as it is and every other byte as {@code %XX}. */
    private static int encodedLength(int codePoint) {
        if (codePoint >= ' ' && codePoint <= '~' && codePoint != '%') {
            return 1;
        }
        return 3 * utf8Length(codePoint);
    }

    private static int utf8Length(int codePoint) {
        return Character.toString(codePoint).getBytes(StandardCharsets.UTF_8).length;
    }
}
