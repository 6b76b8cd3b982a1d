package io.skyport.clients;

import com.google.protobuf.ByteString;
import java.util.Base64;
import org.apache.arrow.flight.impl.Flight.Ticket;
import org.apache.arrow.flight.impl.FlightServiceGrpc;

/** A client in a process of its own, which fetches a result, says so when its first message is there, and reads no more. */
final class KilledReader {

    private KilledReader() {}

    /** Arguments: port, and ticket in Base64. */
    public static void main(String[] arguments) throws Exception {
        RawFlight flight = new RawFlight(Integer.parseInt(arguments[0]));
        var call = flight.start(FlightServiceGrpc.getDoGetMethod(), RawFlight.alice(), 1);
        call.send(Ticket.newBuilder()
                .setTicket(ByteString.copyFrom(Base64.getDecoder().decode(arguments[1])))
                .build());
        call.halfClose();
        call.firstMessage();
        System.out.print('.');
        System.out.flush();
        Thread.currentThread().join();
    }
}
