/** TRUNCATE [ TABLE ] table [ CONTINUE IDENTITY ] [ RESTRICT ] */
SqlNode TruncateStatement(SqlNodeList with) :
{
    final Span s;
    final SqlIdentifier table;
    Unsupported unsupported = null;
}
{
    <TRUNCATE> { s = span(); }
    [ <TABLE> ]
    table = CompoundTableIdentifier()
    [
        ( <COMMA> { unsupported = new Unsupported(getPos(), "TRUNCATE of several tables"); } CompoundTableIdentifier() )+
    |
        <CONTINUE> <IDENTITY>
    |
        <RESTART> <IDENTITY> { unsupported = new Unsupported(getPos(), "RESTART IDENTITY"); }
    ]
    [
        <RESTRICT>
    |
        <CASCADE> { unsupported = new Unsupported(getPos(), "TRUNCATE ... CASCADE"); }
    ]
    { return unsupported != null ? unsupported : new Truncate(s.end(this), with, table); }
}
