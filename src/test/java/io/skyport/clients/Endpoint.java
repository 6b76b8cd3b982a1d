package io.skyport.clients;

import io.skyport.SkyportServer;

/**
 * The one server that all end-to-end tests of this package talk to, started by the first that asks and stopped with the
 * JVM. Each test class works in a schema of its own.
 */
final class Endpoint {

    static final String USER = "alice";
    static final String PASSWORD = "secret:with=colon";
    static final String TOKEN = "a-static-token-for-bob";
    static final String TOKEN_USER = "bob";

    private Endpoint() {}

    static SkyportServer server() {
        return Holder.SERVER;
    }

    static int port() {
        return server().flightPort();
    }

    private static final class Holder {
        static final SkyportServer SERVER = SkyportServer.start(users());
    }

    static String[] users(String... more) {
        String[] users = {
            "skyport.security.users[0].name=" + USER,
            "skyport.security.users[0].password={noop}" + PASSWORD,
            "skyport.security.users[0].roles=admin",
            "skyport.security.users[1].name=" + TOKEN_USER,
            "skyport.security.users[1].password={noop}unused-password",
            "skyport.security.tokens[0].token=" + TOKEN,
            "skyport.security.tokens[0].user=" + TOKEN_USER
        };
        String[] all = java.util.Arrays.copyOf(users, users.length + more.length);
        System.arraycopy(more, 0, all, users.length, more.length);
        return all;
    }
}
