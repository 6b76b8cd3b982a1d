/** DELETE FROM table [ [ AS ] alias ] [ USING item, ... ] [ WHERE condition ] [ RETURNING item, ... ] */
SqlNode DeleteStatement(SqlNodeList with) :
{
    final Span s;
    final Target target;
    SqlNode using = null;
    SqlNode where = null;
    SqlNodeList returning = null;
}
{
    <DELETE> { s = span(); }
    <FROM> target = AliasedTarget()
    [ <USING> using = FromClause() ]
    [ where = Where() ]
    [ returning = Returning() ]
    { return new Delete(s.end(this), with, target, using, where, returning); }
}
