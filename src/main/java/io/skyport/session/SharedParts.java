package io.skyport.session;

/** What all sessions work with. */
record SharedParts(
        StatementRunner runner,
        OwnConnections ownConnections,
        Transactions transactions,
        Running running,
        SessionProperties properties) {}
