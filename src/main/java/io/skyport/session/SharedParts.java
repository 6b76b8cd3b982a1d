package io.skyport.session;

/** What all sessions work with. */
record SharedParts(
        StatementRunner runner,
        OwnConnections ownConnections,
        Transactions transactions,
        StoredResults storedResults,
        Running running,
        ClosedStatements closedStatements,
        Quota prepared,
        Quota cursors,
        Kills kills,
        SessionProperties properties) {}
