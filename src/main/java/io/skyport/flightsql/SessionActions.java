package io.skyport.flightsql;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.session.NamedOptions;
import io.skyport.session.OptionValue;
import io.skyport.session.Session;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flight.impl.Flight.CloseSessionRequest;
import org.apache.arrow.flight.impl.Flight.CloseSessionResult;
import org.apache.arrow.flight.impl.Flight.GetSessionOptionsRequest;
import org.apache.arrow.flight.impl.Flight.GetSessionOptionsResult;
import org.apache.arrow.flight.impl.Flight.SessionOptionValue;
import org.apache.arrow.flight.impl.Flight.SetSessionOptionsRequest;
import org.apache.arrow.flight.impl.Flight.SetSessionOptionsResult;
import org.apache.arrow.flight.impl.Flight.SetSessionOptionsResult.ErrorValue;
import org.jspecify.annotations.Nullable;

/** Flight's actions of sessions (conformance text, section 13). Unlike Flight SQL's own, their bodies are in no Any. */
final class SessionActions {

    static final String SET = "SetSessionOptions";
    static final String GET = "GetSessionOptions";
    static final String CLOSE = "CloseSession";

    /** A schema is looked up in the catalog, so this comes first, whatever the client's order. */
    private static final Comparator<String> CATALOG_FIRST = Comparator.comparing(
                    (String name) -> !name.equals(NamedOptions.CATALOG))
            .thenComparing(name -> !name.equals(NamedOptions.SCHEMA));

    private final CallerSessions sessions;

    SessionActions(CallerSessions sessions) {
        this.sessions = sessions;
    }

    /** Whether an action is one of these. */
    static boolean has(String action) {
        return action.equals(SET) || action.equals(GET) || action.equals(CLOSE);
    }

    /** Runs one of these actions. */
    Message run(String action, ByteString body) {
        return switch (action) {
            case SET -> set(Commands.read(body, SetSessionOptionsRequest.getDefaultInstance()));
            case GET -> {
                Commands.read(body, GetSessionOptionsRequest.getDefaultInstance());
                yield get();
            }
            case CLOSE -> {
                Commands.read(body, CloseSessionRequest.getDefaultInstance());
                yield close();
            }
            default -> throw new IllegalArgumentException(action);
        };
    }

    /** What can be set is, whatever becomes of the rest. */
    private Message set(SetSessionOptionsRequest request) {
        NamedOptions options = sessions.own().namedOptions();
        SetSessionOptionsResult.Builder result = SetSessionOptionsResult.newBuilder();
        List<String> names = new ArrayList<>(request.getSessionOptionsMap().keySet());
        names.sort(CATALOG_FIRST);
        for (String name : names) {
            try {
                options.set(name, value(request.getSessionOptionsOrThrow(name)));
            } catch (SkyportException e) {
                result.putErrors(
                        name,
                        SetSessionOptionsResult.Error.newBuilder()
                                .setValue(error(e.code()))
                                .build());
            }
        }
        return result.build();
    }

    private static ErrorValue error(ErrorCode code) {
        return switch (code) {
            case UNDEFINED_OBJECT, FEATURE_NOT_SUPPORTED, SYNTAX_ERROR -> ErrorValue.INVALID_NAME;
            case INVALID_PARAMETER_VALUE, INVALID_CATALOG_NAME, INVALID_SCHEMA_NAME -> ErrorValue.INVALID_VALUE;
            default -> ErrorValue.ERROR;
        };
    }

    private Message get() {
        Map<String, OptionValue> options = sessions.existing()
                .map(Session::namedOptions)
                .map(NamedOptions::all)
                .orElseGet(sessions::initialOptions);
        GetSessionOptionsResult.Builder result = GetSessionOptionsResult.newBuilder();
        options.forEach((name, value) -> result.putSessionOptions(name, value(value)));
        return result.build();
    }

    private Message close() {
        sessions.close();
        return CloseSessionResult.newBuilder()
                .setStatus(CloseSessionResult.Status.CLOSED)
                .build();
    }

    private static @Nullable OptionValue value(SessionOptionValue value) {
        return switch (value.getOptionValueCase()) {
            case STRING_VALUE -> new OptionValue.Text(value.getStringValue());
            case BOOL_VALUE -> new OptionValue.Flag(value.getBoolValue());
            case INT64_VALUE -> new OptionValue.Whole(value.getInt64Value());
            case DOUBLE_VALUE -> new OptionValue.Real(value.getDoubleValue());
            case STRING_LIST_VALUE ->
                new OptionValue.Texts(value.getStringListValue().getValuesList());
            case OPTIONVALUE_NOT_SET -> null;
        };
    }

    private static SessionOptionValue value(OptionValue value) {
        SessionOptionValue.Builder built = SessionOptionValue.newBuilder();
        if (value instanceof OptionValue.Text text) {
            built.setStringValue(text.value());
        } else if (value instanceof OptionValue.Flag flag) {
            built.setBoolValue(flag.value());
        } else if (value instanceof OptionValue.Whole whole) {
            built.setInt64Value(whole.value());
        } else if (value instanceof OptionValue.Real real) {
            built.setDoubleValue(real.value());
        } else if (value instanceof OptionValue.Texts texts) {
            built.setStringListValue(
                    SessionOptionValue.StringListValue.newBuilder().addAllValues(texts.value()));
        }
        return built.build();
    }
}
