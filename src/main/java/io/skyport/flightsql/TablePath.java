package io.skyport.flightsql;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.skyport.catalog.ObjectName;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.arrow.flight.impl.Flight.FlightDescriptor;
import org.apache.arrow.flight.impl.Flight.FlightDescriptor.DescriptorType;
import org.apache.arrow.flight.impl.Flight.Ticket;

/**
 * A table as clients name it that know Flight alone: a descriptor of type PATH with the table's name, its schema's and its
 * catalog's before it where they are not the session's. The descriptor is the ticket too: it can be redeemed again and again, and
 * each time gives the rows of that time.
 */
record TablePath(List<String> names) {

    private static final int MOST_NAMES = 3;

    TablePath {
        names = List.copyOf(names);
        if (names.isEmpty() || names.size() > MOST_NAMES || names.contains("")) {
            throw new SkyportException(
                    ErrorCode.PROTOCOL_VIOLATION,
                    "A path names a table: [catalog, schema, table], [schema, table] or [table]");
        }
    }

    static TablePath of(ObjectName table) {
        return new TablePath(List.of(table.database(), table.schema(), table.name()));
    }

    /** The table that a ticket names. */
    static TablePath of(FlightDescriptor descriptor) {
        return new TablePath(List.copyOf(descriptor.getPathList()));
    }

    FlightDescriptor descriptor() {
        return FlightDescriptor.newBuilder()
                .setType(DescriptorType.PATH)
                .addAllPath(names)
                .build();
    }

    Ticket ticket() {
        ByteString any = Any.pack(descriptor()).toByteString();
        return Ticket.newBuilder().setTicket(any).build();
    }

    /** All of the table, as the session's own statement, with its rights. */
    String query() {
        return names.stream()
                .map(name -> '"' + name.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(".", "SELECT * FROM ", ""));
    }
}
