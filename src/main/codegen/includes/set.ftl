/** SET [ SESSION ] { name { = | TO } { value | DEFAULT } | TIME ZONE { value | LOCAL | DEFAULT } } */
SqlNode SetStatement() :
{
    final Span s;
    final SqlIdentifier name;
    final SqlNode value;
}
{
    <SET> { s = span(); }
    [ LOOKAHEAD(2) <SESSION> ]
    (
        LOOKAHEAD(2)
        <TIME> { name = new SqlIdentifier("time_zone", getPos()); } <ZONE>
    |
        name = SettingName() ( <EQ> | <TO> )
    )
    (
        ( <DEFAULT_> | <LOCAL> ) { return new ResetSetting(s.end(this), name); }
    |
        value = SettingValue() { return new SetSetting(s.end(this), name, value); }
    )
}

/** RESET [ SESSION ] { name | TIME ZONE } */
SqlNode ResetStatement() :
{
    final Span s;
    final SqlIdentifier name;
}
{
    <RESET> { s = span(); }
    [ LOOKAHEAD(2) <SESSION> ]
    name = SettingName() { return new ResetSetting(s.end(this), name); }
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
