package io.skyport.bench;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import java.util.stream.IntStream;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.sql.impl.FlightSql;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** A prepared statement of BIGINT parameters and at most one BIGINT column. Used by one thread. */
final class FlightStatement implements AutoCloseable {

    private final SkyportClient client;
    private final ByteString handle;
    private final FlightDescriptor query;
    private final FlightDescriptor update;
    private final VectorSchemaRoot parameters;

    FlightStatement(SkyportClient client, ByteString handle, int parameters, BufferAllocator allocator) {
        this.client = client;
        this.handle = handle;
        this.query = command(FlightSql.CommandPreparedStatementQuery.newBuilder()
                .setPreparedStatementHandle(handle)
                .build());
        this.update = command(FlightSql.CommandPreparedStatementUpdate.newBuilder()
                .setPreparedStatementHandle(handle)
                .build());
        this.parameters = new VectorSchemaRoot(IntStream.range(0, parameters)
                .mapToObj(i -> (org.apache.arrow.vector.FieldVector) new BigIntVector("p" + i, allocator))
                .toList());
    }

    static FlightDescriptor command(Message command) {
        return FlightDescriptor.command(Any.pack(command).toByteArray());
    }

    /** DoPut of the parameters, GetFlightInfo, DoGet; all rows are fetched and counted. */
    Fetched fetch(long... values) throws Exception {
        bind(values);
        client.put(query, parameters, 1);
        Fetched.Count count = new Fetched.Count();
        client.fetch(query, count);
        return count.done();
    }

    /** The same; returns the value of the one row. */
    long bigint(long... values) throws Exception {
        bind(values);
        client.put(query, parameters, 1);
        return client.bigint(query);
    }

    /** One DoPut. */
    void update(long... values) throws Exception {
        bind(values);
        client.put(update, parameters, 1);
    }

    private void bind(long... values) {
        for (int i = 0; i < values.length; i++) {
            ((BigIntVector) parameters.getVector(i)).setSafe(0, values[i]);
        }
        parameters.setRowCount(1);
    }

    @Override
    public void close() {
        parameters.close();
        client.close(handle);
    }
}
