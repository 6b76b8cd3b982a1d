package io.skyport.flightsql;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import java.io.ByteArrayInputStream;
import org.apache.arrow.flight.impl.Flight.Action;
import org.apache.arrow.flight.impl.Flight.FlightData;
import org.apache.arrow.flight.impl.Flight.Ticket;
import org.apache.arrow.flight.impl.FlightServiceGrpc;
import org.junit.jupiter.api.Test;

class RequestReaderTest {

    private static final byte[] NO_MESSAGE = {-1, -1, -1};

    @Test
    void bytes_that_are_no_message_become_one_that_is_refused() {
        assertThat(read(FlightServiceGrpc.getDoGetMethod(), NO_MESSAGE)).isEqualTo(Ticket.getDefaultInstance());
        assertThat(read(FlightServiceGrpc.getDoActionMethod(), NO_MESSAGE)).isEqualTo(Action.getDefaultInstance());
    }

    @Test
    void rows_that_are_no_message_are_not_taken_for_a_message_without_rows() {
        FlightData read = read(FlightServiceGrpc.getDoPutMethod(), NO_MESSAGE);

        assertThat(read.getDataHeader()).isNotEmpty();
        assertThat(read.hasFlightDescriptor()).isFalse();
    }

    @Test
    void messages_are_read_as_ever() {
        Action action = Action.newBuilder().setType("CloseSession").build();

        assertThat(read(FlightServiceGrpc.getDoActionMethod(), action.toByteArray()))
                .isEqualTo(action);
    }

    private static <Q, A> Q read(MethodDescriptor<Q, A> method, byte[] bytes) {
        ServerMethodDefinition<Q, A> definition = RequestReader.of(
                ServerMethodDefinition.create(method, (call, headers) -> new ServerCall.Listener<>() {}));
        return definition.getMethodDescriptor().parseRequest(new ByteArrayInputStream(bytes));
    }
}
