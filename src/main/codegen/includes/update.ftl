/** UPDATE table [ [ AS ] alias ] SET assignment, ... [ FROM item, ... ] [ WHERE condition ] [ RETURNING item, ... ] */
SqlNode UpdateStatement(SqlNodeList with) :
{
    final Span s;
    final Target target;
    final List<Assignment> assignments;
    SqlNode from = null;
    SqlNode where = null;
    SqlNodeList returning = null;
}
{
    <UPDATE> { s = span(); }
    target = AliasedTarget()
    <SET> assignments = AssignmentList()
    [ <FROM> from = FromClause() ]
    [ where = Where() ]
    [ returning = Returning() ]
    { return new Update(s.end(this), with, target, assignments, from, where, returning); }
}
