/** ANALYZE [ table [ ( column, ... ) ] ] */
SqlNode AnalyzeStatement() :
{
    final Span s;
    SqlIdentifier table = null;
    SqlNodeList columns = null;
}
{
    <ANALYZE> { s = span(); }
    [ table = CompoundIdentifier() [ columns = ParenthesizedSimpleIdentifierList() ] ]
    { return new Maintenance(s.end(this), "ANALYZE", table, columns); }
}

/** VACUUM [ ANALYZE ] [ table [ ( column, ... ) ] ] */
SqlNode VacuumStatement() :
{
    final Span s;
    String verb = "VACUUM";
    SqlIdentifier table = null;
    SqlNodeList columns = null;
}
{
    s = Word()
    [ LOOKAHEAD(<ANALYZE>) <ANALYZE> { verb = "VACUUM ANALYZE"; } ]
    [ table = CompoundIdentifier() [ columns = ParenthesizedSimpleIdentifierList() ] ]
    { return new Maintenance(s.end(this), verb, table, columns); }
}

/** [ FORCE ] CHECKPOINT [ database ] */
SqlNode CheckpointStatement() :
{
    final Span s;
    boolean force = false;
    SqlIdentifier database = null;
}
{
    s = Word()
    [ LOOKAHEAD({ atWord("CHECKPOINT") }) Word() { force = true; } ]
    [ database = DatabaseName() ]
    { return new Checkpoint(s.end(this), force, database); }
}

/** CALL function ( argument, ... ) */
SqlNode CallStatement() :
{
    final Span s;
    final SqlNode call;
}
{
    <CALL> { s = span(); }
    call = NamedRoutineCall(SqlFunctionCategory.USER_DEFINED_TABLE_FUNCTION, ExprContext.ACCEPT_NON_QUERY)
    { return new Call(s.end(this), (SqlCall) call); }
}

/** PRAGMA { name [ ( argument ) ] | setting = value } */
SqlNode PragmaStatement() :
{
    final Span s;
    final SqlIdentifier name;
    SqlNode argument = null;
}
{
    s = Word()
    name = SimpleIdentifier()
    [ <EQ> argument = SettingValue() { return new SetSetting(s.end(this), name, argument); } ]
    [ <LPAREN> ( argument = StringLiteral() | argument = CompoundIdentifier() ) <RPAREN> ]
    { return new Pragma(s.end(this), name, argument); }
}
