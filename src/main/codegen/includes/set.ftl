/**
 * SET [ SESSION ] name { = | TO } { value | DEFAULT }
 * SET [ SESSION ] TIME ZONE { value | LOCAL | DEFAULT }
 * SET { SCHEMA | NAMES } value
 * SET TRANSACTION mode [ [ , ] mode ] ...
 */
SqlNode SetStatement() :
{
    final Span s;
    final SqlIdentifier name;
    final SqlNode value;
    final TransactionModes modes = new TransactionModes();
}
{
    <SET> { s = span(); }
    [ LOOKAHEAD({ getToken(1).kind == SESSION && getToken(2).kind != EQ && getToken(2).kind != TO }) <SESSION> ]
    (
        LOOKAHEAD(2)
        <TRANSACTION> AddTransactionModes(modes) { return new TransactionStatement(s.end(this), modes.set()); }
    |
        LOOKAHEAD({ atRefusedScope() })
        Word() { name = new SqlIdentifier(token.image, getPos()); }
        SkipToEnd() { return new RefusedSetting(name); }
    |
        (
            LOOKAHEAD({ getToken(1).kind == TIME && getToken(2).kind == ZONE })
            <TIME> { name = new SqlIdentifier("time_zone", getPos()); } <ZONE>
        |
            LOOKAHEAD({ atWord("SCHEMA") && getToken(2).kind != EQ && getToken(2).kind != TO
                || atWord("NAMES") && getToken(2).kind != EQ && getToken(2).kind != TO })
            Word() { name = new SqlIdentifier(token.image, getPos()); }
        |
            name = SettingName() ( <EQ> | <TO> )
        )
        (
            ( <DEFAULT_> | <LOCAL> ) { return new ResetSetting(s.end(this), name); }
        |
            value = SettingValue() { return new SetSetting(s.end(this), name, value); }
        )
    )
}

/** RESET [ SESSION ] { name | TIME ZONE | ALL } */
SqlNode ResetStatement() :
{
    final Span s;
    SqlIdentifier name = null;
}
{
    <RESET> { s = span(); }
    [ LOOKAHEAD(2) <SESSION> ]
    ( <ALL> | name = SettingName() ) { return new ResetSetting(s.end(this), name); }
}

SqlIdentifier SettingName() :
{
    final SqlIdentifier name;
}
{
    LOOKAHEAD(2)
    <TIME> { name = new SqlIdentifier("time_zone", getPos()); } <ZONE> { return name; }
|
    name = CompoundIdentifier() { return name; }
}

SqlNode SettingValue() :
{
    final SqlNode value;
}
{
    LOOKAHEAD(2)
    value = NonIntervalLiteral() { return value; }
|
    <ON> { return SqlLiteral.createCharString("on", getPos()); }
|
    value = SimpleIdentifier() { return value; }
}
