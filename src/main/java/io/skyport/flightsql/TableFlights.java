package io.skyport.flightsql;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import io.skyport.catalog.Column;
import io.skyport.catalog.ObjectName;
import io.skyport.catalog.Table;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.ResultColumn;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.flight.impl.Flight.Criteria;
import org.apache.arrow.flight.impl.Flight.FlightEndpoint;
import org.apache.arrow.flight.impl.Flight.FlightInfo;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetTables;

/**
 * ListFlights: the tables and views that the caller's session sees, in the order of their names. The criteria are nothing, for
 * all; a {@link CommandGetTables}, for those that it finds; or a text, the pattern of a table's name.
 *
 * <p>One flight is made at a time, when the client takes it: however many tables there are, and however slow the client is, no
 * more than its messages in flight take memory. Nothing here waits.
 */
final class TableFlights implements ServerCallHandler<Criteria, FlightInfo> {

    private static final int UNKNOWN = -1;
    private static final Comparator<Table> BY_NAME = Comparator.comparing(
                    Table::name, Comparator.comparing(ObjectName::database).thenComparing(ObjectName::schema))
            .thenComparing(table -> table.name().name());

    private final CallerSessions sessions;

    TableFlights(CallerSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public ServerCall.Listener<Criteria> startCall(ServerCall<Criteria, FlightInfo> call, Metadata headers) {
        call.request(2); // the message, and the end that is no second one
        return new Listing(call, this::matching);
    }

    private Iterator<Table> matching(Criteria criteria) {
        CommandGetTables filter = filter(criteria.getExpression());
        return sessions.current().catalog().tables().stream()
                .filter(CatalogAnswers.wanted(filter))
                .sorted(BY_NAME)
                .iterator();
    }

    private static CommandGetTables filter(ByteString expression) {
        if (expression.isEmpty()) {
            return CommandGetTables.getDefaultInstance();
        }
        try {
            Any any = Any.parseFrom(expression);
            if (any.is(CommandGetTables.class)) {
                return any.unpack(CommandGetTables.class);
            }
        } catch (InvalidProtocolBufferException e) {
            // Then it is a text.
        }
        return CommandGetTables.newBuilder()
                .setTableNameFilterPattern(text(expression.asReadOnlyByteBuffer()))
                .build();
    }

    private static String text(ByteBuffer bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new SkyportException(
                    ErrorCode.PROTOCOL_VIOLATION,
                    "The criteria are neither a pattern of table names nor a CommandGetTables",
                    e);
        }
    }

    /** As GetFlightInfo gives it for the table's path. */
    private static FlightInfo flight(Table table) {
        TablePath path = TablePath.of(table.name());
        List<ResultColumn> columns = table.columns().stream()
                .map((Column column) -> new ResultColumn(column.name(), column.type(), table.name()))
                .toList();
        return FlightInfo.newBuilder()
                .setFlightDescriptor(path.descriptor())
                .setSchema(ByteString.copyFrom(ArrowSchemas.serialize(ArrowSchemas.of(columns))))
                .addEndpoint(FlightEndpoint.newBuilder().setTicket(path.ticket()))
                .setTotalRecords(UNKNOWN)
                .setTotalBytes(UNKNOWN)
                .build();
    }

    /** One call. gRPC calls it on one thread at a time. */
    private static final class Listing extends ServerCall.Listener<Criteria> {

        private final ServerCall<Criteria, FlightInfo> call;
        private final CallEnd end;
        private final Source source;
        private Iterator<Table> tables = List.<Table>of().iterator();
        private boolean begun;
        private boolean sending;

        /** What a call lists. */
        private interface Source {
            Iterator<Table> matching(Criteria criteria);
        }

        Listing(ServerCall<Criteria, FlightInfo> call, Source source) {
            this.call = call;
            this.end = new CallEnd(call);
            this.source = source;
        }

        @Override
        public void onMessage(Criteria criteria) {
            guarded(() -> {
                tables = source.matching(criteria);
                begun = true;
            });
        }

        @Override
        public void onHalfClose() {
            guarded(() -> {
                if (!begun) {
                    throw new SkyportException(ErrorCode.PROTOCOL_VIOLATION, "The call ended without a message");
                }
                call.sendHeaders(new Metadata());
                sending = true;
                send();
            });
        }

        @Override
        public void onReady() {
            if (sending) {
                guarded(this::send);
            }
        }

        private void send() {
            while (call.isReady() && tables.hasNext() && !end.ended()) {
                call.sendMessage(flight(tables.next()));
            }
            if (!tables.hasNext()) {
                end.once(() -> call.close(Status.OK, new Metadata()));
            }
        }

        private void guarded(Runnable work) {
            if (end.ended() || call.isCancelled()) {
                return;
            }
            try {
                work.run();
            } catch (RuntimeException e) {
                end.fail(e);
            }
        }
    }
}
