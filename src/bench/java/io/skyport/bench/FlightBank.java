package io.skyport.bench;

import java.util.List;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** Over Flight SQL: BeginTransaction, statements prepared in their transaction, EndTransaction; or statements as text. */
final class FlightBank implements Bank {

    private final ServerProcess server;
    private final BufferAllocator allocator;
    private final boolean prepared;
    private final SkyportClient first;

    /** @param prepared whether the statements are; else each call has its text, with the values in it */
    FlightBank(ServerProcess server, BufferAllocator allocator, boolean prepared) {
        this.server = server;
        this.allocator = allocator;
        this.prepared = prepared;
        this.first = SkyportClient.connect(server, allocator);
    }

    @Override
    public void update(String sql) {
        first.update(sql);
    }

    @Override
    public Teller teller() throws Exception {
        SkyportClient client = SkyportClient.connect(server, allocator);
        return prepared ? new PreparedTeller(client) : new TextTeller(client);
    }

    @Override
    public void close() throws Exception {
        first.close();
    }

    private abstract static class FlightTeller implements Teller {

        final SkyportClient client;
        FlightSqlClient.@Nullable Transaction transaction;

        FlightTeller(SkyportClient client) {
            this.client = client;
        }

        @Override
        public void begin() throws Exception {
            transaction = client.begin();
        }

        @Override
        public void commit() {
            client.commit(transaction);
        }

        @Override
        public void rollback() {
            try {
                client.rollback(transaction);
            } catch (FlightRuntimeException over) {
                // A commit that failed has ended it.
            }
        }

        @Override
        public boolean isConflict(Exception failure) {
            return String.valueOf(failure.getMessage()).contains("40001");
        }

        @Override
        public void close() throws Exception {
            client.close();
        }
    }

    private static final class PreparedTeller extends FlightTeller {

        private @Nullable FlightStatement balance;
        private @Nullable FlightStatement change;
        private @Nullable FlightStatement recording;

        PreparedTeller(SkyportClient client) {
            super(client);
        }

        /** What was prepared in a transaction that has ended goes on in the next. */
        @Override
        public void begin() throws Exception {
            super.begin();
            if (balance == null) {
                balance = client.prepare(BALANCE, transaction);
                change = client.prepare(CHANGE, transaction);
                recording = client.prepare(RECORD, transaction);
            }
        }

        @Override
        public long balance(long account) throws Exception {
            return balance.bigint(account);
        }

        @Override
        public void change(long account, long by) throws Exception {
            change.update(by, account);
        }

        @Override
        public void record(long id, long source, long target, long amount) throws Exception {
            recording.update(id, source, target, amount);
        }

        @Override
        public void close() throws Exception {
            for (FlightStatement statement : List.of(balance, change, recording)) {
                statement.close();
            }
            super.close();
        }
    }

    private static final class TextTeller extends FlightTeller {

        TextTeller(SkyportClient client) {
            super(client);
        }

        private static String with(String sql, long... values) {
            String text = sql;
            for (long value : values) {
                text = text.replaceFirst("\\?", Long.toString(value));
            }
            return text;
        }

        @Override
        public long balance(long account) throws Exception {
            return client.bigint(with(BALANCE, account), transaction);
        }

        @Override
        public void change(long account, long by) {
            client.update(with(CHANGE, by, account), transaction);
        }

        @Override
        public void record(long id, long source, long target, long amount) {
            client.update(with(RECORD, id, source, target, amount), transaction);
        }
    }
}
