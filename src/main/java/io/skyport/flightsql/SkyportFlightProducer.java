package io.skyport.flightsql;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.session.Execution;
import io.skyport.session.Promised;
import io.skyport.session.Session;
import io.skyport.session.StoredResult;
import io.skyport.session.Transaction;
import io.skyport.sql.CompiledStatement;
import java.util.List;
import java.util.function.Supplier;
import org.apache.arrow.flight.Action;
import org.apache.arrow.flight.ActionType;
import org.apache.arrow.flight.Criteria;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightEndpoint;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightProducer;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.PollInfo;
import org.apache.arrow.flight.PutResult;
import org.apache.arrow.flight.Result;
import org.apache.arrow.flight.SchemaResult;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.flight.impl.Flight;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandPreparedStatementQuery;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementQuery;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementSubstraitPlan;
import org.apache.arrow.flight.sql.impl.FlightSql.TicketStatementQuery;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Flight's RPCs, but Handshake, DoPut and DoExchange, as session verbs. Stateless: what a client has here lives in its
 * session. Everything thrown is in gRPC's form already.
 *
 * <p>GetFlightInfo runs DML and DDL, once and at once: not every client fetches what it has no rows to expect of. A query
 * runs when its ticket is redeemed, unless its session reads at several endpoints. PollFlightInfo starts all of them.
 */
final class SkyportFlightProducer implements FlightProducer {

    private static final long UNKNOWN = -1;

    private final CallerSessions sessions;
    private final MetadataCommands metadata;
    private final StoredFlights stored;
    private final Actions actions;
    private final Workers workers;
    private final SliceLimits limits;
    private final BufferAllocator allocator;

    SkyportFlightProducer(
            CallerSessions sessions,
            MetadataCommands metadata,
            StoredFlights stored,
            Actions actions,
            Workers workers,
            SliceLimits limits,
            BufferAllocator allocator) {
        this.sessions = sessions;
        this.metadata = metadata;
        this.stored = stored;
        this.actions = actions;
        this.workers = workers;
        this.limits = limits;
        this.allocator = allocator;
    }

    @Override
    public FlightInfo getFlightInfo(CallContext context, FlightDescriptor descriptor) {
        return answered(() -> {
            Message command = Commands.of(descriptor);
            if (command instanceof Flight.FlightDescriptor path) {
                return info(described(path), descriptor, path, UNKNOWN);
            }
            return metadata.schema(command)
                    .map(schema -> info(schema, descriptor, command, UNKNOWN))
                    .orElseGet(() -> executed(command, descriptor));
        });
    }

    private FlightInfo executed(Message command, FlightDescriptor descriptor) {
        if (sessions.current().options().maxEndpoints() > 1) {
            return stored.get(command, descriptor);
        }
        Execution execution = sessions.executions().promise(execute(command));
        TicketStatementQuery ticket = TicketStatementQuery.newBuilder()
                .setStatementHandle(ByteString.copyFromUtf8(execution.handle()))
                .build();
        return info(ArrowSchemas.of(execution.columns()), descriptor, ticket, execution.updateCount());
    }

    private Execution execute(Message command) {
        Session session = sessions.current();
        if (command instanceof CommandStatementQuery query) {
            Transaction within = sessions.transaction(session, query.getTransactionId());
            return CallCancellation.run(cancellation -> session.execute(query.getQuery(), within, cancellation));
        } else if (command instanceof CommandPreparedStatementQuery query) {
            return CallCancellation.run(
                    cancellation -> session.execute(session.preparedStatement(handle(query)), cancellation));
        } else if (command instanceof Flight.FlightDescriptor path) {
            String query = TablePath.of(path).query();
            return CallCancellation.run(cancellation -> session.execute(query, cancellation));
        } else if (command instanceof CommandStatementSubstraitPlan plan) {
            Transaction within = sessions.transaction(session, plan.getTransactionId());
            String text = SubstraitTexts.text(session, plan.getPlan());
            return CallCancellation.run(cancellation -> session.execute(text, within, cancellation));
        }
        throw Commands.notForGet(command);
    }

    /** One endpoint without a location: whoever asked here fetches here. */
    private static FlightInfo info(Schema schema, FlightDescriptor descriptor, Message ticket, long records) {
        FlightEndpoint endpoint = new FlightEndpoint(new Ticket(Any.pack(ticket).toByteArray()));
        return new FlightInfo(schema, descriptor, List.of(endpoint), UNKNOWN, records);
    }

    @Override
    public SchemaResult getSchema(CallContext context, FlightDescriptor descriptor) {
        return answered(() -> {
            Message command = Commands.of(descriptor);
            return new SchemaResult(metadata.schema(command).orElseGet(() -> described(command)));
        });
    }

    private Schema described(Message command) {
        Session session = sessions.current();
        CompiledStatement statement;
        if (command instanceof CommandStatementQuery query) {
            statement = session.describe(query.getQuery(), sessions.transaction(session, query.getTransactionId()));
        } else if (command instanceof CommandPreparedStatementQuery query) {
            statement = session.describe(session.preparedStatement(handle(query)));
        } else if (command instanceof Flight.FlightDescriptor path) {
            statement = session.describe(TablePath.of(path).query());
        } else if (command instanceof CommandStatementSubstraitPlan plan) {
            statement = session.describe(
                    SubstraitTexts.text(session, plan.getPlan()),
                    sessions.transaction(session, plan.getTransactionId()));
        } else {
            throw Commands.notForGet(command);
        }
        return ArrowSchemas.ofResult(statement);
    }

    @Override
    public void getStream(CallContext context, Ticket ticket, ServerStreamListener listener) {
        stream(ByteString.copyFrom(ticket.getBytes()), listener);
    }

    /** Begins to send what a ticket stands for. */
    void stream(ByteString ticket, ServerStreamListener listener) {
        try {
            Message command = Commands.parse(ticket);
            if (metadata.schema(command).isPresent()) {
                Session session = sessions.current();
                Supplier<Batches> answer = () -> new AnswerBatches(
                        metadata.answer(command, session.catalog()).orElseThrow(), allocator);
                workers.run(new Delivery(listener, answer, limits, allocator));
            } else {
                deliver(promised(command), listener);
            }
        } catch (RuntimeException e) {
            listener.error(RpcErrors.toStatus(e));
        }
    }

    private void deliver(Promised promised, ServerStreamListener listener) {
        boolean delivering = false;
        try {
            workers.run(new Delivery(listener, () -> new ResultBatches(promised), limits, allocator));
            delivering = true;
        } finally {
            if (!delivering) {
                promised.discard();
            }
        }
    }

    private Promised promised(Message command) {
        if (command instanceof TicketStatementQuery ticket) {
            String handle = ticket.getStatementHandle().toStringUtf8();
            String user = CallPrincipal.get().name();
            return StoredResult.names(handle)
                    ? sessions.storedResults().part(handle, user)
                    : sessions.executions().take(handle, user);
        }
        if (command instanceof CommandPreparedStatementQuery || command instanceof Flight.FlightDescriptor) {
            return execute(command);
        }
        throw new SkyportException(
                ErrorCode.PROTOCOL_VIOLATION,
                "Not a ticket of this server: " + command.getDescriptorForType().getFullName());
    }

    @Override
    public void doAction(CallContext context, Action action, StreamListener<Result> listener) {
        try {
            actions.run(action).ifPresent(listener::onNext);
            listener.onCompleted();
        } catch (RuntimeException e) {
            listener.onError(RpcErrors.toStatus(e));
        }
    }

    @Override
    public void listActions(CallContext context, StreamListener<ActionType> listener) {
        Actions.TYPES.forEach(listener::onNext);
        listener.onCompleted();
    }

    /** Never called: {@link TableFlights} serves ListFlights. */
    @Override
    public void listFlights(CallContext context, Criteria criteria, StreamListener<FlightInfo> listener) {
        throw new UnsupportedOperationException("ListFlights");
    }

    @Override
    public PollInfo pollFlightInfo(CallContext context, FlightDescriptor descriptor) {
        return answered(() -> {
            Message command = Commands.of(descriptor);
            return metadata.schema(command)
                    .map(schema -> new PollInfo(info(schema, descriptor, command, UNKNOWN), null, 1.0, null))
                    .orElseGet(() -> stored.poll(command, descriptor));
        });
    }

    /** Never called: {@link UploadHandler} serves DoPut. */
    @Override
    public Runnable acceptPut(CallContext context, FlightStream stream, StreamListener<PutResult> results) {
        throw new UnsupportedOperationException("DoPut");
    }

    private static String handle(CommandPreparedStatementQuery query) {
        return query.getPreparedStatementHandle().toStringUtf8();
    }

    private static <T> T answered(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            throw RpcErrors.toStatus(e);
        }
    }
}
