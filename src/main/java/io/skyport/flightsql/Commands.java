package io.skyport.flightsql;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.impl.Flight;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetCatalogs;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetCrossReference;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetDbSchemas;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetExportedKeys;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetImportedKeys;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetPrimaryKeys;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetSqlInfo;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetTableTypes;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetTables;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetXdbcTypeInfo;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandPreparedStatementQuery;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandPreparedStatementUpdate;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementIngest;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementQuery;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementSubstraitPlan;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementUpdate;
import org.apache.arrow.flight.sql.impl.FlightSql.TicketStatementQuery;

/**
 * Reads Flight SQL's messages out of descriptors, tickets and action bodies, where they travel as
 * {@code google.protobuf.Any}. Everything that cannot be read is the client's mistake: 08P01.
 */
final class Commands {

    private static final Map<String, Message> KNOWN = Stream.of(
                    CommandStatementQuery.getDefaultInstance(),
                    CommandStatementUpdate.getDefaultInstance(),
                    CommandStatementIngest.getDefaultInstance(),
                    CommandStatementSubstraitPlan.getDefaultInstance(),
                    CommandPreparedStatementQuery.getDefaultInstance(),
                    CommandPreparedStatementUpdate.getDefaultInstance(),
                    TicketStatementQuery.getDefaultInstance(),
                    Flight.FlightDescriptor.getDefaultInstance(),
                    CommandGetCatalogs.getDefaultInstance(),
                    CommandGetDbSchemas.getDefaultInstance(),
                    CommandGetTables.getDefaultInstance(),
                    CommandGetTableTypes.getDefaultInstance(),
                    CommandGetPrimaryKeys.getDefaultInstance(),
                    CommandGetExportedKeys.getDefaultInstance(),
                    CommandGetImportedKeys.getDefaultInstance(),
                    CommandGetCrossReference.getDefaultInstance(),
                    CommandGetSqlInfo.getDefaultInstance(),
                    CommandGetXdbcTypeInfo.getDefaultInstance())
            .collect(Collectors.toUnmodifiableMap(m -> m.getDescriptorForType().getFullName(), Function.identity()));

    private Commands() {}

    /** The command of a descriptor; of a path, the descriptor itself. */
    static Message of(FlightDescriptor descriptor) {
        if (!descriptor.isCommand()) {
            return new TablePath(descriptor.getPath()).descriptor();
        }
        return parse(ByteString.copyFrom(descriptor.getCommand()));
    }

    /** The message in a serialized {@code Any}, which must be one of Flight SQL's commands, its ticket or a table's. */
    static Message parse(ByteString serializedAny) {
        Any any = any(serializedAny);
        Message known = KNOWN.get(typeName(any));
        if (known == null) {
            throw new SkyportException(
                    ErrorCode.PROTOCOL_VIOLATION, "Not a Flight SQL command: '" + any.getTypeUrl() + "'");
        }
        return read(any.getValue(), known);
    }

    /** The message in a serialized {@code Any}, which must be of the given type. */
    static <T extends Message> T parse(ByteString serializedAny, T type) {
        Any any = any(serializedAny);
        String expected = type.getDescriptorForType().getFullName();
        if (!expected.equals(typeName(any))) {
            throw new SkyportException(
                    ErrorCode.PROTOCOL_VIOLATION, "Expected " + expected + ", got '" + any.getTypeUrl() + "'");
        }
        return read(any.getValue(), type);
    }

    /** The message in the bytes, which are in no {@code Any}: as Flight's own actions have it. */
    @SuppressWarnings("unchecked") // a message's parser gives messages of its own type
    static <T extends Message> T read(ByteString value, T type) {
        try {
            return (T) type.getParserForType().parseFrom(value);
        } catch (InvalidProtocolBufferException e) {
            throw new SkyportException(
                    ErrorCode.PROTOCOL_VIOLATION,
                    "Malformed " + type.getDescriptorForType().getFullName(),
                    e);
        }
    }

    /** The answer to a command or action that Flight SQL has and this server has not. */
    static SkyportException notSupported(String name) {
        return new SkyportException(ErrorCode.FEATURE_NOT_SUPPORTED, name + " is not supported");
    }

    /** The answer to what is no command for GetFlightInfo and its like. */
    static SkyportException notForGet(Message command) {
        return new SkyportException(
                ErrorCode.PROTOCOL_VIOLATION,
                "Not a command for GetFlightInfo: "
                        + command.getDescriptorForType().getFullName());
    }

    private static Any any(ByteString serialized) {
        try {
            return Any.parseFrom(serialized);
        } catch (InvalidProtocolBufferException e) {
            throw new SkyportException(
                    ErrorCode.PROTOCOL_VIOLATION, "Not a Flight SQL message: the bytes are no google.protobuf.Any", e);
        }
    }

    private static String typeName(Any any) {
        return any.getTypeUrl().substring(any.getTypeUrl().lastIndexOf('/') + 1);
    }
}
