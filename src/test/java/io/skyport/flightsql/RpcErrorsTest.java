package io.skyport.flightsql;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.ErrorInfo;
import io.grpc.InternalMetadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.error.SqlPosition;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.memory.OutOfMemoryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RpcErrorsTest {

    @ParameterizedTest
    @EnumSource
    void every_error_code_has_the_status_of_its_name_and_carries_its_sqlstate(ErrorCode code) {
        StatusRuntimeException status = RpcErrors.toStatus(new SkyportException(code, "what is wrong"));

        assertThat(status.getStatus().getCode().name())
                .isEqualTo(code.rpcStatus().name());
        assertThat(status.getStatus().getDescription()).isEqualTo("what is wrong [" + code.sqlState() + "]");
        assertThat(status.getTrailers().get(RpcErrors.SQLSTATE)).isEqualTo(code.sqlState());
    }

    @Test
    void the_position_in_the_sql_is_part_of_the_message() {
        SkyportException failure =
                new SkyportException(ErrorCode.UNDEFINED_TABLE, "no table t", new SqlPosition(2, 7), null);

        assertThat(RpcErrors.toStatus(failure).getStatus().getDescription())
                .isEqualTo("no table t (line 2, column 7) [42P01]");
    }

    @Test
    void details_carry_the_reason_the_sqlstate_and_the_position() throws Exception {
        SkyportException failure =
                new SkyportException(ErrorCode.UNDEFINED_TABLE, "no table t", new SqlPosition(2, 7), null);

        com.google.rpc.Status details = StatusProto.fromThrowable(RpcErrors.toStatus(failure));

        assertThat(details.getCode()).isEqualTo(Status.Code.NOT_FOUND.value());
        assertThat(details.getMessage()).isEqualTo("no table t (line 2, column 7) [42P01]");
        assertThat(details.getDetailsList()).hasSize(1);
        ErrorInfo info = details.getDetails(0).unpack(ErrorInfo.class);
        assertThat(info.getReason()).isEqualTo("UNDEFINED_TABLE");
        assertThat(info.getDomain()).isEqualTo("io.skyport");
        assertThat(info.getMetadataMap())
                .containsOnly(Map.entry("sqlstate", "42P01"), Map.entry("line", "2"), Map.entry("column", "7"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "ü", "%", "\n", "\uD83D\uDE00"})
    void message_and_details_together_fit_what_clients_read(String character) {
        int limitOfClients = 8192;
        int overheadOfAHeader = 32;
        SkyportException failure = new SkyportException(
                ErrorCode.PARAMETER_COUNT_MISMATCH,
                character.repeat(4000),
                new SqlPosition(1_000_000, 1_000_000),
                null);

        StatusRuntimeException status = RpcErrors.toStatus(failure);

        byte[][] trailers = InternalMetadata.serialize(status.getTrailers());
        int bytes = percentEncodedLength(status.getStatus().getDescription()) + overheadOfAHeader;
        for (byte[] part : trailers) {
            bytes += part.length * 4 / 3 + overheadOfAHeader;
        }
        assertThat(bytes).isLessThan(limitOfClients - 512);
        assertThat(StatusProto.fromThrowable(status).getMessage()).endsWith("[07001]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "ü", "%", "\n", "\uD83D\uDE00"})
    void a_message_takes_at_most_4_kib_as_gRPC_encodes_it(String character) {
        SkyportException failure = new SkyportException(ErrorCode.SYNTAX_ERROR, character.repeat(4000));

        String description = RpcErrors.toStatus(failure).getStatus().getDescription();

        assertThat(percentEncodedLength(description)).isLessThanOrEqualTo(RpcErrors.MAX_ENCODED_BYTES);
        assertThat(description).endsWith("[42601]");
    }

    @Test
    void an_unexpected_failure_tells_the_client_nothing_of_the_inside() {
        StatusRuntimeException status = RpcErrors.toStatus(new IllegalStateException("/etc/secret"));

        assertThat(status.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
        assertThat(status.getStatus().getDescription()).doesNotContain("secret").endsWith("[XX000]");
        assertThat(status.getStatus().getCause()).isNull();
    }

    @Test
    void flight_and_gRPC_exceptions_keep_their_status() {
        assertThat(RpcErrors.toStatus(CallStatus.NOT_FOUND.toRuntimeException())
                        .getStatus()
                        .getCode())
                .isEqualTo(Status.Code.NOT_FOUND);
        StatusRuntimeException status = Status.ABORTED.asRuntimeException();
        assertThat(RpcErrors.toStatus(status)).isSameAs(status);
    }

    @Test
    void arrow_memory_that_is_used_up_is_an_exhausted_resource() {
        assertThat(RpcErrors.toStatus(new OutOfMemoryException("allocator full"))
                        .getStatus()
                        .getCode())
                .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    }

    private static int percentEncodedLength(String text) {
        int length = 0;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            length += b >= ' ' && b <= '~' && b != '%' ? 1 : 3;
        }
        return length;
    }
}
