package io.skyport.flydb.server;

import io.netty.buffer.ByteBuf;
import io.skyport.error.SkyportException;
import io.skyport.error.SqlPosition;
import io.skyport.flydb.message.Message;
import io.skyport.flydb.message.MessageType;
import io.skyport.flydb.message.MsgDeallocate;
import io.skyport.flydb.message.MsgExecute;
import io.skyport.flydb.message.MsgPrepare;
import io.skyport.flydb.message.MsgPrepareResult;
import io.skyport.flydb.message.MsgQuery;
import io.skyport.flydb.message.MsgQueryResult;
import io.skyport.session.Execution;
import io.skyport.session.Session;
import io.skyport.sql.CompiledStatement;
import io.skyport.sql.ResultColumn;
import io.skyport.sql.SqlScript;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Statements, and those that were prepared under a name of this client's (FlyDB driver guide, "Core Messages"). */
final class StatementVerbs {

    private final Client client;

    StatementVerbs(Client client) {
        this.client = client;
    }

    void addTo(Map<MessageType, Dialogue.Verb> verbs) {
        verbs.put(MessageType.QUERY, this::query);
        verbs.put(MessageType.PREPARE, this::prepare);
        verbs.put(MessageType.EXECUTE, this::execute);
        verbs.put(MessageType.DEALLOCATE, this::deallocate);
    }

    /** Several statements run one after the other, and the last one's result is the answer. */
    private Message query(ByteBuf payload) {
        String text = ((MsgQuery) Message.read(MessageType.QUERY, payload)).query();
        List<SqlScript.Statement> statements = SqlScript.statements(text);
        if (statements.size() < 2) {
            return run(text);
        }
        for (SqlScript.Statement statement : statements.subList(0, statements.size() - 1)) {
            located(statement, () -> client.session().update(statement.text(), client.cancellation()));
        }
        SqlScript.Statement last = statements.get(statements.size() - 1);
        return located(last, () -> run(last.text()));
    }

    private static <T> T located(SqlScript.Statement statement, Supplier<T> work) {
        try {
            return work.get();
        } catch (SkyportException e) {
            SqlPosition position = e.position().map(statement::inScript).orElse(null);
            throw new SkyportException(e.code(), e.text(), position, e);
        }
    }

    private Message run(String text) {
        Session session = client.session();
        String database = session.context().database();
        Execution execution = session.execute(text, client.cancellation());
        return result(execution, database);
    }

    private Message result(Execution execution, String databaseBefore) {
        List<ResultColumn> columns = execution.columns();
        if (columns.isEmpty()) {
            String database = client.session().context().database();
            String switchedTo = database.equals(databaseBefore) ? "" : database;
            return new MsgQueryResult(
                    new CommandTag(execution.statement()).text(execution.updateCount(), switchedTo),
                    execution.updateCount());
        }
        List<String> names = columns.stream().map(ResultColumn::name).toList();
        ResultRows rows = new ResultRows(client, execution, text(names, execution));
        return new MsgQueryResult(true, null, names, Columns.of(columns), rows, 0);
    }

    private @Nullable RowText text(List<String> names, Execution execution) {
        if (!client.console()) {
            return null;
        }
        return switch (execution.statement().command().shape()) {
            case ROWS -> TextGrid.rows(names);
            case PROPERTIES -> TextGrid.properties();
            case DEFINITION -> new Definition();
        };
    }

    private Message prepare(ByteBuf payload) {
        MsgPrepare message = (MsgPrepare) Message.read(MessageType.PREPARE, payload);
        CompiledStatement compiled = client.session().prepareNamed(message.name(), message.query());
        List<String> types = compiled.parameters().stream()
                .map(parameter -> parameter.type().name())
                .toList();
        return new MsgPrepareResult(true, message.name(), types.size(), types);
    }

    private Message execute(ByteBuf payload) {
        MsgExecute message = (MsgExecute) Message.read(MessageType.EXECUTE, payload);
        Session session = client.session();
        String database = session.context().database();
        Execution execution = session.executeNamed(
                message.name(), parameters -> JsonParameters.of(message.params(), parameters), client.cancellation());
        return result(execution, database);
    }

    private Message deallocate(ByteBuf payload) {
        MsgDeallocate message = (MsgDeallocate) Message.read(MessageType.DEALLOCATE, payload);
        client.session().deallocate(message.name());
        return new MsgQueryResult("DEALLOCATE OK", 0);
    }
}
