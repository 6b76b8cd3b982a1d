package io.skyport.flydb.server;

import io.netty.buffer.ByteBuf;
import io.skyport.catalog.Database;
import io.skyport.engine.Engine;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.flydb.message.Message;
import io.skyport.flydb.message.MessageType;
import io.skyport.flydb.message.MsgDatabaseResult;
import io.skyport.flydb.message.MsgGetDatabases;
import io.skyport.flydb.message.MsgUseDatabase;
import io.skyport.session.NamedOptions;
import io.skyport.session.OptionValue;
import io.skyport.session.Session;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Databases (FlyDB driver guide, "Database Operations"). */
final class DatabaseVerbs {

    private final Client client;

    DatabaseVerbs(Client client) {
        this.client = client;
    }

    void addTo(Map<MessageType, Dialogue.Verb> verbs) {
        verbs.put(MessageType.USE_DATABASE, this::use);
        verbs.put(MessageType.GET_DATABASES, this::list);
    }

    static String unknown(String database) {
        return "database '" + database + "' does not exist";
    }

    private Message use(ByteBuf payload) {
        String asked = ((MsgUseDatabase) Message.read(MessageType.USE_DATABASE, payload)).database();
        String database = asked.isEmpty() ? Engine.DEFAULT_DATABASE : asked;
        Session session = client.session();
        try {
            session.namedOptions().set(NamedOptions.CATALOG, new OptionValue.Text(database));
        } catch (SkyportException e) {
            if (e.code() != ErrorCode.INVALID_CATALOG_NAME) {
                throw e;
            }
            return new MsgDatabaseResult(
                    false, null, List.of(), unknown(database), e.code().sqlState());
        }
        return new MsgDatabaseResult(true, session.context().database(), List.of(), "database changed", null);
    }

    private Message list(ByteBuf payload) {
        String pattern = ((MsgGetDatabases) Message.read(MessageType.GET_DATABASES, payload)).pattern();
        Predicate<String> wanted = NamePattern.of(pattern);
        List<String> names = client.session().catalog().databases().stream()
                .map(Database::name)
                .filter(wanted)
                .sorted()
                .toList();
        return new MsgDatabaseResult(true, null, names, null, null);
    }
}
