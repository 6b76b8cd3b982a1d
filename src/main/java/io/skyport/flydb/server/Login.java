package io.skyport.flydb.server;

import io.netty.buffer.ByteBuf;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.flydb.message.Message;
import io.skyport.flydb.message.MessageType;
import io.skyport.flydb.message.MsgAuth;
import io.skyport.flydb.message.MsgAuthResult;
import io.skyport.security.Authenticator;
import io.skyport.security.Credentials;
import io.skyport.security.Door;
import io.skyport.security.LoginThrottle;
import io.skyport.security.Principal;
import io.skyport.session.NamedOptions;
import io.skyport.session.OptionValue;
import io.skyport.session.Session;
import java.net.InetAddress;
import java.time.Duration;

/**
 * Lets a client in. One that is in may come again as somebody else; whoever fails is out (FlyDB driver guide, "Authenticate").
 */
final class Login implements Dialogue.Verb {

    /** In a text that is stored in a binary column, FlyDB's tools write base64. */
    private static final String BINARY_LITERALS = "binary_literals";

    private static final OptionValue BASE64 = new OptionValue.Text("base64");

    private final Client client;
    private final Authenticator authenticator;
    private final LoginThrottle.Origin origin;
    private final InetAddress address;
    private boolean tooMany;
    private boolean waits;

    Login(Client client, Authenticator authenticator, LoginThrottle throttle, InetAddress address) {
        this.client = client;
        this.authenticator = authenticator;
        this.origin = throttle.of(address);
        this.address = address;
    }

    /** How long the next credentials must wait: who asks has to bring them afterwards. */
    Duration delay() {
        waits = true;
        Duration delay = origin.begin();
        tooMany = origin.tooMany();
        return tooMany ? Duration.ZERO : delay;
    }

    @Override
    public Message apply(ByteBuf payload) {
        MsgAuth auth = (MsgAuth) Message.read(MessageType.AUTH, payload);
        return tooMany ? refusal(auth, "too many attempts from this address wait already") : check(auth);
    }

    /** What it was asked is answered, in whatever way: nothing waits any more. */
    void over() {
        if (waits) {
            waits = false;
            origin.end();
        }
    }

    private Message check(MsgAuth auth) {
        try {
            Principal principal = authenticator.authenticate(
                    new Credentials.Password(auth.username(), auth.password()), Door.FLYDB, address);
            return enter(principal, auth);
        } catch (SkyportException e) {
            client.leave();
            if (e.code() != ErrorCode.INVALID_AUTHORIZATION) {
                throw e;
            }
            return refusal(auth, "authentication failed");
        }
    }

    private Message enter(Principal principal, MsgAuth auth) {
        Session session = client.enter(principal);
        session.namedOptions().set(BINARY_LITERALS, BASE64);
        String database = auth.database();
        if (database != null && !database.isEmpty()) {
            try {
                session.namedOptions().set(NamedOptions.CATALOG, new OptionValue.Text(database));
            } catch (SkyportException e) {
                client.leave();
                return refusal(auth, DatabaseVerbs.unknown(database));
            }
        }
        return new MsgAuthResult(true, "authenticated", session.context().database(), auth.binary());
    }

    private static Message refusal(MsgAuth auth, String why) {
        return new MsgAuthResult(false, why, null, auth.binary());
    }
}
