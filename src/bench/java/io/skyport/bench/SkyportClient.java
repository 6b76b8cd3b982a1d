package io.skyport.bench;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.arrow.flight.Action;
import org.apache.arrow.flight.CallOption;
import org.apache.arrow.flight.CloseSessionRequest;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightEndpoint;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.PutResult;
import org.apache.arrow.flight.Result;
import org.apache.arrow.flight.SessionOptionValue;
import org.apache.arrow.flight.SessionOptionValueFactory;
import org.apache.arrow.flight.SetSessionOptionsRequest;
import org.apache.arrow.flight.SetSessionOptionsResult;
import org.apache.arrow.flight.SyncPutListener;
import org.apache.arrow.flight.auth2.BasicAuthCredentialWriter;
import org.apache.arrow.flight.client.ClientCookieMiddleware;
import org.apache.arrow.flight.grpc.CredentialCallOption;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.flight.sql.FlightSqlUtils;
import org.apache.arrow.flight.sql.impl.FlightSql;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementIngest.TableDefinitionOptions;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementIngest.TableDefinitionOptions.TableExistsOption;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementIngest.TableDefinitionOptions.TableNotExistOption;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/** Skyport over Flight SQL, with Arrow's own client. */
final class SkyportClient implements Contender {

    private static final int YIELDS = 1000;
    private static final long NOT_READY_WAIT_NANOS = 50_000;

    private final ServerProcess server;
    private final BufferAllocator allocator;
    private final FlightClient flight;
    private final FlightSqlClient client;
    private final CallOption credentials;

    private SkyportClient(
            ServerProcess server, BufferAllocator allocator, FlightClient flight, CallOption credentials) {
        this.server = server;
        this.allocator = allocator;
        this.flight = flight;
        this.client = new FlightSqlClient(flight);
        this.credentials = credentials;
    }

    static SkyportClient connect(ServerProcess server, BufferAllocator allocator) {
        FlightClient flight = FlightClient.builder(
                        allocator, Location.forGrpcInsecure("127.0.0.1", server.flightPort()))
                .build();
        CallOption credentials = flight.authenticateBasicToken(ServerProcess.USER, ServerProcess.PASSWORD)
                .orElseThrow();
        return new SkyportClient(server, allocator, flight, credentials);
    }

    /** Sends user and password with each call, and keeps cookies. */
    static SkyportClient connectAsUser(ServerProcess server, BufferAllocator allocator) {
        FlightClient flight = FlightClient.builder(
                        allocator, Location.forGrpcInsecure("127.0.0.1", server.flightPort()))
                .intercept(new ClientCookieMiddleware.Factory())
                .build();
        CallOption credentials =
                new CredentialCallOption(new BasicAuthCredentialWriter(ServerProcess.USER, ServerProcess.PASSWORD));
        return new SkyportClient(server, allocator, flight, credentials);
    }

    /** SetSessionOptions. */
    void set(String option, String value) {
        set(option, SessionOptionValueFactory.makeSessionOptionValue(value));
    }

    /** SetSessionOptions. */
    void set(String option, long value) {
        set(option, SessionOptionValueFactory.makeSessionOptionValue(value));
    }

    private void set(String option, SessionOptionValue value) {
        SetSessionOptionsResult result =
                flight.setSessionOptions(new SetSessionOptionsRequest(Map.of(option, value)), credentials);
        if (result.hasErrors()) {
            throw new IllegalStateException("Not set: " + result.getErrors());
        }
    }

    void closeSession() {
        flight.closeSession(new CloseSessionRequest(), credentials);
    }

    @Override
    public void update(String sql) {
        client.executeUpdate(sql, credentials);
    }

    @Override
    public Fetched fetch(String sql) throws Exception {
        Fetched.Count count = new Fetched.Count();
        fetch(client.execute(sql, credentials), count);
        return count.done();
    }

    private void fetch(FlightInfo info, Fetched.Count count) throws Exception {
        for (FlightEndpoint endpoint : info.getEndpoints()) {
            fetch(endpoint, count);
        }
    }

    private void fetch(FlightEndpoint endpoint, Fetched.Count count) throws Exception {
        try (FlightStream stream = client.getStream(endpoint.getTicket(), credentials)) {
            while (stream.next()) {
                count.add(stream.getRoot());
            }
        }
    }

    /** GetFlightInfo. */
    FlightInfo info(String sql) {
        return client.execute(sql, credentials);
    }

    /** One part of a result, which another client may have asked for. */
    Fetched fetch(FlightEndpoint endpoint) throws Exception {
        Fetched.Count count = new Fetched.Count();
        fetch(endpoint, count);
        return count.done();
    }

    @Override
    public Duration firstBatch(String sql) throws Exception {
        Fetched.Count count = new Fetched.Count();
        FlightInfo info = client.execute(sql, credentials);
        try (FlightStream stream = client.getStream(info.getEndpoints().get(0).getTicket(), credentials)) {
            stream.next();
            Duration time = count.elapsed();
            stream.cancel("The first batch is enough", null);
            return time;
        }
    }

    @Override
    public Lookup lookup(String sql) throws Exception {
        SkyportClient own = connect(server, allocator);
        FlightStatement query = own.prepare(sql, null);
        return new Lookup() {
            @Override
            public long find(long value) throws Exception {
                return query.fetch(value).rows();
            }

            @Override
            public void close() throws Exception {
                query.close();
                own.close();
            }
        };
    }

    FlightSqlClient.Transaction begin() {
        return client.beginTransaction(credentials);
    }

    void commit(FlightSqlClient.Transaction transaction) {
        client.commit(transaction, credentials);
    }

    void rollback(FlightSqlClient.Transaction transaction) {
        client.rollback(transaction, credentials);
    }

    void update(String sql, FlightSqlClient.Transaction transaction) {
        client.executeUpdate(sql, transaction, credentials);
    }

    /** Runs a query of one BIGINT. */
    long bigint(String sql, FlightSqlClient.Transaction transaction) throws Exception {
        return bigint(client.execute(sql, transaction, credentials));
    }

    /** Fetches the one BIGINT of a query. */
    long bigint(FlightDescriptor query) throws Exception {
        return bigint(flight.getInfo(query, credentials));
    }

    private long bigint(FlightInfo info) throws Exception {
        try (FlightStream stream = client.getStream(info.getEndpoints().get(0).getTicket(), credentials)) {
            stream.next();
            long value = ((BigIntVector) stream.getRoot().getVector(0)).get(0);
            while (stream.next()) {}
            return value;
        }
    }

    void fetch(FlightDescriptor query, Fetched.Count count) throws Exception {
        fetch(flight.getInfo(query, credentials), count);
    }

    /** @param transaction in which it runs; null for none */
    FlightStatement prepare(String sql, FlightSqlClient.@Nullable Transaction transaction) throws Exception {
        int parameters = (int) sql.chars().filter(c -> c == '?').count();
        return new FlightStatement(this, handle(sql, transaction), parameters, allocator);
    }

    /** A prepared INSERT with all batches bound to it in one call. */
    @Override
    public long insert(String table, RepeatedBatch rows) throws Exception {
        ByteString handle = handle(insertStatement(table, rows), null);
        try {
            byte[] answer = put(
                    FlightStatement.command(FlightSql.CommandPreparedStatementUpdate.newBuilder()
                            .setPreparedStatementHandle(handle)
                            .build()),
                    rows.root(),
                    rows.times());
            return FlightSql.DoPutUpdateResult.parseFrom(answer).getRecordCount();
        } finally {
            close(handle);
        }
    }

    @Override
    public long ingest(String table, IngestMode mode, RepeatedBatch rows) throws Exception {
        byte[] answer = put(
                FlightStatement.command(FlightSql.CommandStatementIngest.newBuilder()
                        .setTable(table)
                        .setTableDefinitionOptions(definition(mode))
                        .build()),
                rows.root(),
                rows.times());
        return FlightSql.DoPutUpdateResult.parseFrom(answer).getRecordCount();
    }

    private static TableDefinitionOptions definition(IngestMode mode) {
        return TableDefinitionOptions.newBuilder()
                .setIfNotExist(
                        mode == IngestMode.APPEND
                                ? TableNotExistOption.TABLE_NOT_EXIST_OPTION_FAIL
                                : TableNotExistOption.TABLE_NOT_EXIST_OPTION_CREATE)
                .setIfExists(
                        switch (mode) {
                            case CREATE -> TableExistsOption.TABLE_EXISTS_OPTION_FAIL;
                            case REPLACE -> TableExistsOption.TABLE_EXISTS_OPTION_REPLACE;
                            case APPEND, CREATE_APPEND -> TableExistsOption.TABLE_EXISTS_OPTION_APPEND;
                        })
                .build();
    }

    /** DoPut of the same batch some times; returns the answer, empty if there was none. */
    byte[] put(FlightDescriptor command, VectorSchemaRoot batch, int times) throws Exception {
        try (SyncPutListener answers = new SyncPutListener()) {
            FlightClient.ClientStreamListener put = flight.startPut(command, batch, answers, credentials);
            for (int i = 0; i < times; i++) {
                awaitReady(put);
                put.putNext();
            }
            put.completed();
            try (PutResult answer = answers.read()) {
                put.getResult();
                return answer == null ? new byte[0] : bytes(answer.getApplicationMetadata());
            }
        }
    }

    /** {@code putNext} and {@code PreparedStatement} wait too, but spinning, and would take a core from the server. */
    private static void awaitReady(FlightClient.ClientStreamListener put) {
        for (int i = 0; !put.isReady(); i++) {
            if (i < YIELDS) {
                Thread.yield();
            } else {
                LockSupport.parkNanos(NOT_READY_WAIT_NANOS);
            }
        }
    }

    private static byte[] bytes(ArrowBuf buffer) {
        byte[] bytes = new byte[(int) buffer.readableBytes()];
        buffer.getBytes(buffer.readerIndex(), bytes);
        return bytes;
    }

    private static String insertStatement(String table, RepeatedBatch rows) {
        List<Field> columns = rows.root().getSchema().getFields();
        return "INSERT INTO " + table + " VALUES (" + "?, ".repeat(columns.size() - 1) + "?)";
    }

    private ByteString handle(String sql, FlightSqlClient.@Nullable Transaction transaction) throws Exception {
        FlightSql.ActionCreatePreparedStatementRequest.Builder request =
                FlightSql.ActionCreatePreparedStatementRequest.newBuilder().setQuery(sql);
        if (transaction != null) {
            request.setTransactionId(ByteString.copyFrom(transaction.getTransactionId()));
        }
        Action action = new Action(
                FlightSqlUtils.FLIGHT_SQL_CREATE_PREPARED_STATEMENT.getType(),
                Any.pack(request.build()).toByteArray());
        Iterator<Result> results = flight.doAction(action, credentials);
        FlightSql.ActionCreatePreparedStatementResult result =
                Any.parseFrom(results.next().getBody()).unpack(FlightSql.ActionCreatePreparedStatementResult.class);
        return result.getPreparedStatementHandle();
    }

    void close(ByteString handle) {
        Action action = new Action(
                FlightSqlUtils.FLIGHT_SQL_CLOSE_PREPARED_STATEMENT.getType(),
                Any.pack(FlightSql.ActionClosePreparedStatementRequest.newBuilder()
                                .setPreparedStatementHandle(handle)
                                .build())
                        .toByteArray());
        flight.doAction(action, credentials).forEachRemaining(ignored -> {});
    }

    @Override
    public void close() throws Exception {
        client.close();
    }
}
