package io.skyport.clients;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.Iterator;
import org.apache.arrow.flight.Action;
import org.apache.arrow.flight.CallOption;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightClient.ClientStreamListener;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.PollInfo;
import org.apache.arrow.flight.PutResult;
import org.apache.arrow.flight.Result;
import org.apache.arrow.flight.SyncPutListener;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionClosePreparedStatementRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionCreatePreparedStatementRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionCreatePreparedStatementResult;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandPreparedStatementQuery;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandPreparedStatementUpdate;
import org.apache.arrow.flight.sql.impl.FlightSql.DoPutUpdateResult;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;

/** Flight SQL commands put together by hand, for what Arrow's own client does not let a caller do. */
final class FlightCommands implements AutoCloseable {

    private final FlightClient flight;
    private final CallOption credentials;

    FlightCommands(BufferAllocator allocator) {
        this(allocator, Endpoint.port());
    }

    FlightCommands(BufferAllocator allocator, int port) {
        flight = FlightClient.builder(allocator, Location.forGrpcInsecure("127.0.0.1", port))
                .build();
        credentials = flight.authenticateBasicToken(Endpoint.USER, Endpoint.PASSWORD)
                .orElseThrow(() -> new AssertionError("Handshake returned no token"));
    }

    static FlightDescriptor descriptor(Message command) {
        return FlightDescriptor.command(Any.pack(command).toByteArray());
    }

    static FlightDescriptor query(ByteString handle) {
        return descriptor(CommandPreparedStatementQuery.newBuilder()
                .setPreparedStatementHandle(handle)
                .build());
    }

    static FlightDescriptor update(ByteString handle) {
        return descriptor(CommandPreparedStatementUpdate.newBuilder()
                .setPreparedStatementHandle(handle)
                .build());
    }

    ActionCreatePreparedStatementResult create(String sql) throws InvalidProtocolBufferException {
        Iterator<Result> results = act(
                "CreatePreparedStatement",
                ActionCreatePreparedStatementRequest.newBuilder().setQuery(sql).build());
        return Any.parseFrom(results.next().getBody()).unpack(ActionCreatePreparedStatementResult.class);
    }

    ByteString prepare(String sql) throws InvalidProtocolBufferException {
        return create(sql).getPreparedStatementHandle();
    }

    void close(ByteString handle) {
        act(
                        "ClosePreparedStatement",
                        ActionClosePreparedStatementRequest.newBuilder()
                                .setPreparedStatementHandle(handle)
                                .build())
                .forEachRemaining(result -> {
                    throw new AssertionError("ClosePreparedStatement has no result");
                });
    }

    private Iterator<Result> act(String type, Message body) {
        return flight.doAction(new Action(type, Any.pack(body).toByteArray()), credentials);
    }

    FlightInfo info(FlightDescriptor descriptor) {
        return flight.getInfo(descriptor, credentials);
    }

    PollInfo poll(FlightDescriptor descriptor) {
        return flight.pollInfo(descriptor, credentials);
    }

    org.apache.arrow.vector.types.pojo.Schema schema(FlightDescriptor descriptor) {
        return flight.getSchema(descriptor, credentials).getSchema();
    }

    FlightStream stream(Ticket ticket) {
        return flight.getStream(ticket, credentials);
    }

    /** Puts one batch after the other; each runnable fills {@code root} anew. Returns the metadata of the only result. */
    ByteString put(
            FlightDescriptor descriptor, VectorSchemaRoot root, DictionaryProvider dictionaries, Runnable... batches)
            throws Exception {
        try (SyncPutListener listener = new SyncPutListener()) {
            ClientStreamListener stream = flight.startPut(descriptor, root, dictionaries, listener, credentials);
            for (Runnable batch : batches) {
                batch.run();
                stream.putNext();
            }
            stream.completed();
            stream.getResult();
            PutResult result = listener.read();
            if (result == null) {
                return ByteString.EMPTY;
            }
            try (ArrowBuf metadata = result.getApplicationMetadata()) {
                return ByteString.copyFrom(metadata.nioBuffer());
            }
        }
    }

    /** Runs an update with the batches and returns the count. */
    long update(ByteString handle, VectorSchemaRoot root, DictionaryProvider dictionaries, Runnable... batches)
            throws Exception {
        return DoPutUpdateResult.parseFrom(put(update(handle), root, dictionaries, batches))
                .getRecordCount();
    }

    @Override
    public void close() throws InterruptedException {
        flight.close();
    }
}
