package io.skyport.session;

import io.skyport.engine.EngineConnection;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.Companions;
import io.skyport.sql.CompiledStatement;
import io.skyport.sql.EngineStatement;
import io.skyport.sql.Preparation;
import io.skyport.sql.StreamedInsert;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;

/**
 * One run of a DML or DDL statement on an engine connection, all or nothing: in a transaction of its own where it takes
 * several engine statements, in the open one if there is one. Failures have their positions in the client's text.
 */
final class EngineUpdate {

    /**
     * Up to this many parameter rows are run one by one through the prepared statement: registering a stream and planning
     * for it costs more than that.
     */
    static final int ROWS_RUN_SINGLY = 4;

    private final EngineConnection connection;
    private final CompiledStatement statement;
    private final @Nullable ReturnedRows returned;
    private final @Nullable Recording recording;

    EngineUpdate(EngineConnection connection, CompiledStatement statement) {
        this(connection, statement, null, null);
    }

    /**
     * @param returned takes the rows that the statement gives; null if nobody wants them
     * @param recording keeps what is needed to do it again; null for nothing
     */
    EngineUpdate(
            EngineConnection connection,
            CompiledStatement statement,
            @Nullable ReturnedRows returned,
            @Nullable Recording recording) {
        this.connection = connection;
        this.statement = statement;
        this.returned = returned;
        this.recording = recording;
    }

    /** Runs it once for each row of parameters; returns the affected rows. */
    long run(List<List<@Nullable Object>> rows) {
        // Rows that cannot be kept undo what the statement did.
        if (rows.size() == 1 && statement.companions().isEmpty() && returned == null) {
            return runOnce(rows.get(0));
        }
        return inTransaction(() -> {
            long count = 0;
            for (List<@Nullable Object> row : rows) {
                count += runWhole(row);
            }
            return count;
        });
    }

    /** The same with rows as they arrive; an INSERT of many rows runs as one Arrow stream through the engine. */
    long run(ParameterStream rows) {
        if (recording != null && !recording.ofInserted()) {
            recording.keep(rows);
        }
        StreamedInsert streamed = statement.streamedInsert();
        if (streamed == null) {
            return inTransaction(() -> runEach(rows));
        }
        if (rows.hasAtMost(ROWS_RUN_SINGLY)) {
            return run(rows.remainingRows());
        }
        String roundSql = streamed.roundSql();
        if (roundSql != null) {
            boolean alone = statement.companions().isEmpty() && (recording == null || !recording.ofInserted());
            return inTransaction(() -> alone ? runRounds(streamed, roundSql, rows) : runEach(rows));
        }
        LongSupplier ingest = () -> located(() -> ingest(streamed, rows));
        return statement.companions().isEmpty()
                ? ingest.getAsLong()
                : inTransaction(() -> withCompanions(ingest, List.of()));
    }

    /** Does what the rows would do one after the other, a thousand times as fast. */
    private long runRounds(StreamedInsert streamed, String roundSql, ParameterStream rows) {
        located(() -> connection.ingest(streamed.engineSql(), streamed.streamName(), rows));
        long[] rounds = {0};
        connection.update(
                "SELECT coalesce(max(" + StreamedInsert.ROUND + "), 0) FROM " + StreamedInsert.ROWS,
                List.of(),
                batch -> rounds[0] = ((BigIntVector) batch.getVector(0)).get(0));
        long count = 0;
        for (long round = 1; round <= rounds[0]; round++) {
            List<@Nullable Object> number = List.of(round);
            count += located(() -> connection.update(roundSql, number));
        }
        connection.update("DROP TABLE " + StreamedInsert.ROWS, List.of());
        return count;
    }

    /** Runs other engine SQL, made of the statement's, in its place. */
    long run(String engineSql) {
        return located(() -> connection.update(engineSql, List.of()));
    }

    private long runEach(ParameterStream rows) {
        long count = 0;
        for (List<@Nullable Object> row = rows.nextRow(); row != null; row = rows.nextRow()) {
            count += runWhole(row);
        }
        return count;
    }

    private long runWhole(List<@Nullable Object> row) {
        return withCompanions(() -> runOnce(row), row);
    }

    private long runOnce(List<@Nullable Object> row) {
        if (statement.preparation() instanceof Preparation.UseDatabase in) {
            return located(() -> connection.updateIn(in.database(), in.schema(), statement.engineSql()));
        }
        Recording inserted = recording != null && recording.ofInserted() ? recording : null;
        if (inserted != null) {
            return located(
                    () -> connection.update(inserted.sql(statement), row, batch -> give(inserted.keepInserted(batch))));
        }
        return located(() -> statement.returnsRows()
                ? connection.update(statement.engineSql(), row, this::give)
                : connection.update(statement.engineSql(), row));
    }

    private long ingest(StreamedInsert streamed, ParameterStream rows) {
        if (recording != null && recording.ofInserted()) {
            return connection.ingest(recording.sql(streamed), streamed.streamName(), rows, recording::keepInserted);
        }
        return connection.ingest(streamed.engineSql(), streamed.streamName(), rows);
    }

    private void give(VectorSchemaRoot batch) {
        if (returned != null) {
            returned.add(batch);
        }
    }

    private long withCompanions(LongSupplier work, List<@Nullable Object> row) {
        Companions companions = statement.companions();
        companions.before().forEach(companion -> runCompanion(companion, row));
        long count = work.getAsLong();
        while (runRound(companions.repeated(), row) > 0) {}
        companions.after().forEach(companion -> runCompanion(companion, row));
        return count;
    }

    private long runRound(List<EngineStatement> companions, List<@Nullable Object> row) {
        return companions.stream()
                .mapToLong(companion -> runCompanion(companion, row))
                .sum();
    }

    private long runCompanion(EngineStatement companion, List<@Nullable Object> row) {
        try {
            List<@Nullable Object> values = new ArrayList<>();
            companion.parameters().forEach(parameter -> values.add(row.get(parameter)));
            return connection.update(companion.sql(), values);
        } catch (SkyportException e) {
            throw companion.located(e, statement.text());
        }
    }

    private long located(LongSupplier work) {
        try {
            return work.getAsLong();
        } catch (SkyportException e) {
            throw statement.located(e);
        }
    }

    private long inTransaction(LongSupplier work) {
        if (connection.inTransaction()) {
            return work.getAsLong();
        }
        connection.begin();
        try {
            long count = work.getAsLong();
            connection.commit();
            return count;
        } catch (SkyportException e) {
            rollback(e);
            throw e;
        }
    }

    private void rollback(SkyportException cause) {
        try {
            if (connection.inTransaction() && cause.code() != ErrorCode.ENGINE_INVALIDATED) {
                connection.rollback();
            }
        } catch (SkyportException e) {
            cause.addSuppressed(e);
        }
    }
}
