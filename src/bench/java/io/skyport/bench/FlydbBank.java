package io.skyport.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** By the FlyDB protocol, with named prepared statements and the protocol's transactions. */
final class FlydbBank implements Bank {

    private final ServerProcess server;
    private final FlydbConnection first;

    FlydbBank(ServerProcess server) throws IOException {
        this.server = server;
        this.first = server.connectFlydb();
    }

    @Override
    public void update(String sql) throws IOException {
        first.call(FlydbConnection.QUERY, Map.of("query", sql));
    }

    @Override
    public Teller teller() throws IOException {
        return new FlydbTeller(server.connectFlydb());
    }

    @Override
    public void close() throws IOException {
        first.close();
    }

    private record FlydbTeller(FlydbConnection connection) implements Teller {

        FlydbTeller {
            prepare(connection, "balance", BALANCE);
            prepare(connection, "change", CHANGE);
            prepare(connection, "record", RECORD);
        }

        private static void prepare(FlydbConnection connection, String name, String sql) {
            try {
                connection.call(FlydbConnection.PREPARE, Map.of("name", name, "query", sql));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void begin() throws IOException {
            connection.call(FlydbConnection.BEGIN, Map.of());
        }

        @Override
        public long balance(long account) throws IOException {
            return connection
                    .call(FlydbConnection.EXECUTE, Map.of("name", "balance", "params", List.of(account)))
                    .at("/rows/0/0")
                    .asLong();
        }

        @Override
        public void change(long account, long by) throws IOException {
            connection.call(FlydbConnection.EXECUTE, Map.of("name", "change", "params", List.of(by, account)));
        }

        @Override
        public void record(long id, long source, long target, long amount) throws IOException {
            connection.call(
                    FlydbConnection.EXECUTE, Map.of("name", "record", "params", List.of(id, source, target, amount)));
        }

        @Override
        public void commit() throws IOException {
            connection.call(FlydbConnection.COMMIT, Map.of());
        }

        @Override
        public void rollback() throws IOException {
            try {
                connection.call(FlydbConnection.ROLLBACK, Map.of());
            } catch (IOException e) {
                if (!e.getMessage().startsWith("25P01")) {
                    throw e;
                }
                // A commit that failed has ended it.
            }
        }

        @Override
        public boolean isConflict(Exception failure) {
            return String.valueOf(failure.getMessage()).startsWith("40001");
        }

        @Override
        public void close() throws IOException {
            connection.close();
        }
    }
}
