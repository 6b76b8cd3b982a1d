package io.skyport.flydb.server;

import io.netty.buffer.ByteBuf;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.flydb.message.FrameHeader;
import io.skyport.flydb.message.Message;
import io.skyport.flydb.message.MessageType;
import io.skyport.flydb.message.MsgGetOption;
import io.skyport.flydb.message.MsgSessionResult;
import io.skyport.flydb.message.MsgSetOption;
import io.skyport.flydb.message.ServerInfo;
import io.skyport.session.OptionValue;
import io.skyport.session.Session;
import io.skyport.sql.Isolation;
import io.skyport.sql.OptionNames;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Options of the session and what is to be known of the server (FlyDB driver guide, "Session Management"). Beside the session's own
 * options there are those of this protocol: {@value #COMPRESSION}, {@value #METADATA_FORMAT}, and {@value #USERNAME} to be read.
 */
final class OptionVerbs {

    private static final String COMPRESSION = "compression";
    private static final String METADATA_FORMAT = "metadata_format";
    private static final String USERNAME = "username";
    private static final List<String> COMPRESSIONS = List.of("none", "zlib");
    private static final List<String> FORMATS = List.of("object", "array");
    private static final List<String> CAPABILITIES =
            List.of("sql", "prepared_statements", "transactions", "cursors", "savepoints", "databases", "compression");
    private static final int PROTOCOL_VERSION = 1;

    private final Client client;
    private final String serverVersion;

    OptionVerbs(Client client, String serverVersion) {
        this.client = client;
        this.serverVersion = serverVersion;
    }

    void addTo(Map<MessageType, Dialogue.Verb> verbs) {
        verbs.put(MessageType.SET_OPTION, this::set);
        verbs.put(MessageType.GET_OPTION, this::get);
        verbs.put(MessageType.GET_SERVER_INFO, payload -> info());
    }

    private Message set(ByteBuf payload) {
        MsgSetOption message = (MsgSetOption) Message.read(MessageType.SET_OPTION, payload);
        String option = message.option().toLowerCase(Locale.ROOT);
        try {
            set(option, message.value());
        } catch (SkyportException e) {
            return refusal(message.option(), e);
        }
        return new MsgSessionResult(true, message.option(), message.value(), null, "option set", null);
    }

    private void set(String option, @Nullable Object value) {
        switch (option) {
            case COMPRESSION -> client.compress(chosen(option, value, COMPRESSIONS) == 1);
            case METADATA_FORMAT -> client.metadataInArrays(chosen(option, value, FORMATS) == 1);
            case USERNAME ->
                throw new SkyportException(
                        ErrorCode.INVALID_PARAMETER_VALUE, "option 'username' can only be read: authenticate again");
            default -> client.session().namedOptions().set(option, value(option, value));
        }
    }

    private static int chosen(String option, @Nullable Object value, List<String> values) {
        int index = value == null ? 0 : values.indexOf(value.toString().toLowerCase(Locale.ROOT));
        if (index < 0) {
            throw invalid(option, "one of " + String.join(", ", values));
        }
        return index;
    }

    /** Types are strict: what is no value of the option's type changes nothing. */
    private static @Nullable OptionValue value(String option, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        return switch (option) {
            case OptionNames.AUTO_COMMIT, OptionNames.READ_ONLY -> {
                if (!(value instanceof Boolean flag)) {
                    throw invalid(option, "true or false");
                }
                yield new OptionValue.Flag(flag);
            }
            case OptionNames.ISOLATION_LEVEL -> isolation(value);
            case OptionNames.QUERY_TIMEOUT, OptionNames.FETCH_SIZE -> {
                if (!(value instanceof Number number)) {
                    throw invalid(option, "a number");
                }
                yield number instanceof BigDecimal decimal
                        ? new OptionValue.Text(decimal.toPlainString())
                        : new OptionValue.Text(number.toString());
            }
            default -> other(option, value);
        };
    }

    private static OptionValue isolation(Object value) {
        if (!(value instanceof Long level) || level < 0 || level >= Isolation.values().length) {
            throw invalid(OptionNames.ISOLATION_LEVEL, "0, 1, 2 or 3");
        }
        return new OptionValue.Text(Isolation.values()[level.intValue()].sql());
    }

    private static OptionValue other(String option, Object value) {
        if (value instanceof Boolean flag) {
            return new OptionValue.Flag(flag);
        }
        if (value instanceof Long whole) {
            return new OptionValue.Whole(whole);
        }
        if (value instanceof Number number) {
            return new OptionValue.Real(number.doubleValue());
        }
        if (value instanceof String text) {
            return new OptionValue.Text(text);
        }
        throw invalid(option, "a string, a number, true or false");
    }

    private static SkyportException invalid(String option, String wanted) {
        return new SkyportException(ErrorCode.INVALID_PARAMETER_VALUE, "option '" + option + "' must be " + wanted);
    }

    private Message get(ByteBuf payload) {
        String option = ((MsgGetOption) Message.read(MessageType.GET_OPTION, payload)).option();
        Object value = value(option.toLowerCase(Locale.ROOT));
        if (value == null) {
            return refusal(
                    option, new SkyportException(ErrorCode.UNDEFINED_OBJECT, "there is no option '" + option + "'"));
        }
        return new MsgSessionResult(true, option, value, null, null, null);
    }

    private @Nullable Object value(String option) {
        Session session = client.session();
        return switch (option) {
            case COMPRESSION -> COMPRESSIONS.get(client.compressing() ? 1 : 0);
            case METADATA_FORMAT -> FORMATS.get(client.metadataInArrays() ? 1 : 0);
            case USERNAME -> session.user();
            case OptionNames.ISOLATION_LEVEL -> session.options().isolation().ordinal();
            default -> plain(session.namedOptions().all().get(option));
        };
    }

    private static @Nullable Object plain(@Nullable OptionValue value) {
        if (value instanceof OptionValue.Flag flag) {
            return flag.value();
        }
        if (value instanceof OptionValue.Whole whole) {
            return whole.value();
        }
        if (value instanceof OptionValue.Real real) {
            return real.value();
        }
        return value == null ? null : value.text();
    }

    private static Message refusal(String option, SkyportException why) {
        return new MsgSessionResult(
                false, option, null, null, why.getMessage(), why.code().sqlState());
    }

    private Message info() {
        Session session = client.session();
        ServerInfo info = new ServerInfo(
                session.tag(),
                serverVersion,
                PROTOCOL_VERSION,
                session.context().database(),
                session.user(),
                session.options().readOnly(),
                session.options().autoCommit(),
                session.options().isolation().ordinal(),
                FrameHeader.MAX_LENGTH,
                CAPABILITIES);
        return new MsgSessionResult(true, null, null, info, null, null);
    }
}
