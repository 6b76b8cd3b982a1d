/** DELETE FROM table [ [ AS ] alias ] [ WHERE condition ] */
SqlNode DeleteStatement() :
{
    final Span s;
    final SqlIdentifier table;
    SqlIdentifier alias = null;
    SqlNode where = null;
}
{
    <DELETE> { s = span(); }
    <FROM> table = CompoundTableIdentifier()
    [ [ <AS> ] alias = SimpleIdentifier() ]
    [ where = Where() ]
    { return new SqlDelete(s.end(this), table, where, null, alias); }
}
