package io.skyport.engine;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a query on a connection that is kept: in a temporary table, read a batch at a time, each in a turn of its
 * own. Between the batches other statements run.
 */
final class KeptResult implements EngineStream {

    private static final Set<String> QUERIES = Set.of("SELECT", "WITH", "VALUES", "FROM", "TABLE", "PIVOT", "UNPIVOT");

    /** WITH may begin them, too. */
    private static final Pattern CHANGES = Pattern.compile("(?i)\\b(INSERT|UPDATE|DELETE|MERGE)\\b");

    private final DuckDbHold hold;
    private final String table;
    private final String select;
    private final int batchRows;
    private final TakenBatches batches;
    private @Nullable Schema schema;
    private long next;
    private boolean ended;
    private boolean closed;
    private volatile boolean interrupted;

    private KeptResult(DuckDbHold hold, String table, String select) {
        this.hold = hold;
        this.table = table;
        this.select = select;
        this.batchRows = hold.engine().batchRows();
        this.batches = new TakenBatches(hold.engine().allocator());
    }

    /** Whether a table can be made of its rows: not of those of EXPLAIN, SHOW or RETURNING. */
    static boolean takes(String sql) {
        String start = sql.stripLeading();
        int end = 0;
        while (end < start.length() && Character.isLetter(start.charAt(end))) {
            end++;
        }
        String word = start.substring(0, end).toUpperCase(Locale.ROOT);
        return start.startsWith("(")
                || QUERIES.contains(word)
                        && !(word.equals("WITH") && CHANGES.matcher(sql).find());
    }

    /** Runs the query to its end in {@code turn}, and ends the turn. */
    static KeptResult of(
            DuckDbConnection turn, DuckDbHold hold, String sql, List<? extends @Nullable Object> parameters) {
        try (turn) {
            List<String> names = new ArrayList<>();
            List<String> labelled = new ArrayList<>();
            for (EngineColumn column : turn.describe(sql).columns()) {
                String name = Sql.identifier("c" + (names.size() + 1));
                names.add(name);
                labelled.add(name + " AS " + Sql.identifier(column.name()));
            }
            String table = hold.nextResult();
            turn.update("CREATE TEMP TABLE " + table + " (" + String.join(", ", names) + ") AS " + sql, parameters);
            KeptResult result = new KeptResult(
                    hold,
                    table,
                    "SELECT " + String.join(", ", labelled) + " FROM " + table
                            + " WHERE rowid >= $1 AND rowid < $2 ORDER BY rowid");
            boolean filled = false;
            try {
                result.fill(turn);
                filled = true;
                return result;
            } finally {
                if (!filled) {
                    result.close();
                }
            }
        }
    }

    private void fill(DuckDbConnection turn) {
        try (EngineStream stream = turn.stream(select, List.of(next, next + batchRows))) {
            schema = stream.schema();
            long rows = 0;
            while (stream.loadNextBatch()) {
                rows += stream.root().getRowCount();
                batches.take(stream.root());
            }
            next += batchRows;
            ended = rows < batchRows;
        }
    }

    @Override
    public Schema schema() {
        Schema known = schema;
        if (known == null) {
            throw new IllegalStateException("There is no batch yet");
        }
        return known;
    }

    @Override
    public boolean loadNextBatch() {
        if (closed) {
            throw new SkyportException(ErrorCode.INVALID_CURSOR_STATE, "the result is closed");
        }
        if (interrupted) {
            throw new SkyportException(ErrorCode.QUERY_CANCELED, "the statement was canceled");
        }
        batches.free();
        if (batches.isEmpty() && !ended) {
            try (DuckDbConnection turn = hold.turn()) {
                fill(turn);
            }
        }
        return batches.next();
    }

    @Override
    public VectorSchemaRoot root() {
        return batches.current();
    }

    /** The turn for a batch is short: nothing needs to be stopped. */
    @Override
    public void interrupt() {
        interrupted = true;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            batches.close();
            hold.read(table);
        }
    }
}
