package io.skyport.flydb.server;

import io.netty.buffer.ByteBuf;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.flydb.message.Message;
import io.skyport.flydb.message.MessageType;
import io.skyport.flydb.message.MsgBeginTx;
import io.skyport.flydb.message.MsgSavepoint;
import io.skyport.flydb.message.MsgTxResult;
import io.skyport.session.Transaction;
import io.skyport.sql.Isolation;
import java.util.Map;

/** Transactions (FlyDB driver guide, "Transaction Management"): the same ones that SQL's BEGIN and COMMIT speak of. */
final class TransactionVerbs {

    private final Client client;

    TransactionVerbs(Client client) {
        this.client = client;
    }

    void addTo(Map<MessageType, Dialogue.Verb> verbs) {
        verbs.put(MessageType.BEGIN_TX, this::begin);
        verbs.put(MessageType.COMMIT_TX, payload -> end("COMMIT", "transaction committed"));
        verbs.put(MessageType.ROLLBACK_TX, payload -> end("ROLLBACK", "transaction rolled back"));
        verbs.put(MessageType.SAVEPOINT, this::savepoint);
    }

    private Message begin(ByteBuf payload) {
        MsgBeginTx message = (MsgBeginTx) Message.read(MessageType.BEGIN_TX, payload);
        StringBuilder sql = new StringBuilder("BEGIN TRANSACTION");
        String separator = " ";
        if (message.isolationLevel() != null) {
            sql.append(" ISOLATION LEVEL ").append(Isolation.values()[message.isolationLevel()].sql());
            separator = ", ";
        }
        if (message.readOnly() != null) {
            sql.append(separator).append(message.readOnly() ? "READ ONLY" : "READ WRITE");
        }
        run(sql.toString());
        return new MsgTxResult(true, current().id(), "transaction started");
    }

    private Message end(String sql, String outcome) {
        String id = current().id();
        run(sql);
        return new MsgTxResult(true, id, outcome);
    }

    private Message savepoint(ByteBuf payload) {
        MsgSavepoint message = (MsgSavepoint) Message.read(MessageType.SAVEPOINT, payload);
        String id = current().id();
        String name = "\"" + message.name().replace("\"", "\"\"") + "\"";
        run((message.release() ? "RELEASE SAVEPOINT " : "SAVEPOINT ") + name);
        return new MsgTxResult(true, id, message.release() ? "savepoint released" : "savepoint created");
    }

    private Transaction current() {
        return client.session()
                .current()
                .orElseThrow(() -> new SkyportException(ErrorCode.NO_ACTIVE_TRANSACTION, "no active transaction"));
    }

    private void run(String sql) {
        long unused = client.session().update(sql, client.cancellation());
    }
}
