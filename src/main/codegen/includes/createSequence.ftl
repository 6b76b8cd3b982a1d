/** SEQUENCE [ IF NOT EXISTS ] name option ... */
SqlNode CreateSequenceStatement(Span s, boolean replace, boolean temporary) :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
    final SequenceOptions options = new SequenceOptions();
}
{
    <SEQUENCE> ifNotExists = IfNotExists() name = CompoundIdentifier()
    ( LOOKAHEAD({ atSequenceOption() }) StandaloneSequenceOption(options) )*
    { return new CreateSequence(s.end(this), replace, temporary, ifNotExists, name, options); }
}

/**
 * AS type | START [ WITH ] n | INCREMENT [ BY ] n | MINVALUE n | MAXVALUE n | NO { MINVALUE | MAXVALUE | CYCLE } | CYCLE
 * | CACHE n | OWNED BY { NONE | name } | RESTART [ [ WITH ] n ]
 */
void StandaloneSequenceOption(SequenceOptions options) :
{
    final Span s;
    final SqlDataTypeSpec type;
    final SqlIdentifier owner;
    BigInteger number = null;
}
{
    <AS> { s = span(); } type = DataType() { options.type(type, s.end(this)); }
|
    <START> { s = span(); } [ <WITH> ] number = StandaloneSequenceNumber() { options.start(number, s.end(this)); }
|
    <INCREMENT> { s = span(); } [ <BY> ] number = StandaloneSequenceNumber() { options.increment(number, s.end(this)); }
|
    <MINVALUE> { s = span(); } number = StandaloneSequenceNumber() { options.minimum(number, s.end(this)); }
|
    <MAXVALUE> { s = span(); } number = StandaloneSequenceNumber() { options.maximum(number, s.end(this)); }
|
    <NO> { s = span(); }
    (
        <MINVALUE> { options.minimum(null, s.end(this)); }
    |
        <MAXVALUE> { options.maximum(null, s.end(this)); }
    |
        <CYCLE> { options.cycle(false, s.end(this)); }
    )
|
    <CYCLE> { s = span(); options.cycle(true, s.end(this)); }
|
    <RESTART> { s = span(); } [ [ <WITH> ] number = StandaloneSequenceNumber() ] { options.restart(number, s.end(this)); }
|
    LOOKAHEAD({ atWord("CACHE") })
    s = Word() number = StandaloneSequenceNumber() { options.cache(number, s.end(this)); }
|
    LOOKAHEAD({ atWord("OWNED") })
    s = Word() <BY>
    (
        LOOKAHEAD({ getToken(1).kind == NONE })
        <NONE> { options.owner(null, s.end(this)); }
    |
        owner = CompoundIdentifier() { options.owner(owner, s.end(this)); }
    )
}

BigInteger StandaloneSequenceNumber() :
{
    boolean minus = false;
}
{
    [ <MINUS> { minus = true; } | <PLUS> ]
    <UNSIGNED_INTEGER_LITERAL> {
        final BigInteger number = new BigInteger(token.image);
        return minus ? number.negate() : number;
    }
}
