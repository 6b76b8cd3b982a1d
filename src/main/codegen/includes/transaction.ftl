/** { BEGIN [ WORK | TRANSACTION ] | START TRANSACTION } [ mode [ , ] ... ] */
SqlNode BeginStatement() :
{
    final Span s;
    final TransactionModes modes = new TransactionModes();
}
{
    (
        <BEGIN> { s = span(); } [ <WORK> | <TRANSACTION> ]
    |
        <START> { s = span(); } <TRANSACTION>
    )
    [ AddTransactionModes(modes) ]
    { return new TransactionStatement(s.end(this), modes.begin()); }
}

/** { COMMIT | END } [ WORK | TRANSACTION ] [ AND NO CHAIN ] */
SqlNode CommitStatement() :
{
    final Span s;
}
{
    ( <COMMIT> | <END> ) { s = span(); }
    [ <WORK> | <TRANSACTION> ]
    NoChain()
    { return new TransactionStatement(s.end(this), new SessionChange.Commit()); }
}

/** { ROLLBACK | ABORT } [ WORK | TRANSACTION ] [ TO [ SAVEPOINT ] name | AND NO CHAIN ] */
SqlNode RollbackStatement() :
{
    final Span s;
    final SqlIdentifier savepoint;
}
{
    (
        <ROLLBACK> { s = span(); }
    |
        s = Word()
    )
    [ <WORK> | <TRANSACTION> ]
    (
        <TO> savepoint = SavepointName() {
            return new TransactionStatement(s.end(this), new SessionChange.RollbackTo(savepoint.getSimple()));
        }
    |
        NoChain() { return new TransactionStatement(s.end(this), new SessionChange.Rollback()); }
    )
}

/** SAVEPOINT name */
SqlNode SavepointStatement() :
{
    final Span s;
    final SqlIdentifier name;
}
{
    <SAVEPOINT> { s = span(); }
    name = SimpleIdentifier() {
        return new TransactionStatement(s.end(this), new SessionChange.Savepoint(name.getSimple()));
    }
}

/** RELEASE [ SAVEPOINT ] name */
SqlNode ReleaseStatement() :
{
    final Span s;
    final SqlIdentifier name;
}
{
    <RELEASE> { s = span(); }
    name = SavepointName() {
        return new TransactionStatement(s.end(this), new SessionChange.Release(name.getSimple()));
    }
}

SqlIdentifier SavepointName() :
{
    final SqlIdentifier name;
}
{
    [ LOOKAHEAD(<SAVEPOINT> SimpleIdentifier()) <SAVEPOINT> ]
    name = SimpleIdentifier() { return name; }
}

/** AND CHAIN would begin the next transaction at once: it is refused. */
void NoChain() :
{
}
{
    [ <AND> <NO> <CHAIN> ]
}

void AddTransactionModes(TransactionModes modes) :
{
}
{
    AddTransactionMode(modes)
    ( [ <COMMA> ] AddTransactionMode(modes) )*
}

/** ISOLATION LEVEL { SERIALIZABLE | REPEATABLE READ | READ COMMITTED | READ UNCOMMITTED } | READ { ONLY | WRITE } | [ NOT ] DEFERRABLE */
void AddTransactionMode(TransactionModes modes) :
{
}
{
    <ISOLATION> <LEVEL>
    (
        <SERIALIZABLE> { modes.isolation(Isolation.SERIALIZABLE, getPos()); }
    |
        <REPEATABLE> <READ> { modes.isolation(Isolation.REPEATABLE_READ, getPos()); }
    |
        LOOKAHEAD(2)
        <READ> <COMMITTED> { modes.isolation(Isolation.READ_COMMITTED, getPos()); }
    |
        <READ> <UNCOMMITTED> { modes.isolation(Isolation.READ_UNCOMMITTED, getPos()); }
    )
|
    LOOKAHEAD(2)
    <READ> <ONLY> { modes.readOnly(true, getPos()); }
|
    <READ> <WRITE> { modes.readOnly(false, getPos()); }
|
    // Waiting for a snapshot without conflicts changes nothing here: every reader has one.
    LOOKAHEAD({ atWord("DEFERRABLE") })
    Word()
|
    LOOKAHEAD({ atWord("NOT") && atWord(2, "DEFERRABLE") })
    <NOT> Word()
}
