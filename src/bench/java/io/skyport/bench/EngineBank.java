package io.skyport.bench;

import io.skyport.engine.DuckDbEngine;
import io.skyport.engine.EngineConnection;
import io.skyport.engine.EngineHold;
import io.skyport.engine.EngineStream;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.util.List;
import org.apache.arrow.vector.BigIntVector;

/** By the engine room alone: what a session would let it run, without the session. */
final class EngineBank implements Bank {

    private static final String SCHEMA = "\"default\".\"direct\"";

    private final DuckDbEngine engine;

    /** @param engine closed by whoever opened it */
    EngineBank(DuckDbEngine engine) {
        this.engine = engine;
        update("CREATE SCHEMA IF NOT EXISTS " + SCHEMA);
    }

    private static String named(String sql) {
        StringBuilder numbered = new StringBuilder();
        int parameters = 0;
        for (char c :
                sql.replaceAll("\\b(account|transfer)\\b", SCHEMA + ".\"$1\"").toCharArray()) {
            numbered.append(c == '?' ? "$" + ++parameters : String.valueOf(c));
        }
        return numbered.toString();
    }

    @Override
    public void update(String sql) {
        try (EngineConnection connection = engine.acquire()) {
            connection.update(named(sql), List.of());
        }
    }

    @Override
    public Teller teller() {
        return new EngineTeller(engine.hold());
    }

    @Override
    public void close() {}

    private static final class EngineTeller implements Teller {

        private static final String ONE_BALANCE = named(BALANCE);
        private static final String ONE_CHANGE = named(CHANGE);
        private static final String ONE_RECORD = named(RECORD);

        private final EngineHold hold;

        EngineTeller(EngineHold hold) {
            this.hold = hold;
        }

        @Override
        public void begin() {
            hold.begin();
        }

        @Override
        public long balance(long account) {
            long found = 0;
            try (EngineStream rows = hold.acquire().query(ONE_BALANCE, List.of(account))) {
                while (rows.loadNextBatch()) {
                    found = ((BigIntVector) rows.root().getVector(0)).get(0);
                }
            }
            return found;
        }

        private void update(String sql, List<Long> values) {
            try (EngineConnection connection = hold.acquire()) {
                connection.update(sql, values);
            }
        }

        @Override
        public void change(long account, long by) {
            update(ONE_CHANGE, List.of(by, account));
        }

        @Override
        public void record(long id, long source, long target, long amount) {
            update(ONE_RECORD, List.of(id, source, target, amount));
        }

        @Override
        public void commit() {
            hold.commit();
        }

        @Override
        public void rollback() {
            if (hold.inTransaction()) {
                hold.rollback();
            }
        }

        @Override
        public boolean isConflict(Exception failure) {
            return failure instanceof SkyportException known && known.code() == ErrorCode.SERIALIZATION_FAILURE;
        }

        @Override
        public void close() {
            hold.close();
        }
    }
}
