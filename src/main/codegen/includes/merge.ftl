/**
 * MERGE INTO table [ [ AS ] alias ] USING item { ON condition | USING ( column, ... ) }
 * { WHEN ... }... [ RETURNING item, ... ]
 */
SqlNode MergeStatement(SqlNodeList with) :
{
    final Span s;
    final Target target;
    final SqlNode source;
    SqlNode on = null;
    SqlNodeList using = null;
    final List<MergeAction> actions = new ArrayList<MergeAction>();
    MergeAction action;
    SqlNodeList returning = null;
}
{
    <MERGE> { s = span(); }
    <INTO> target = AliasedTarget()
    <USING> source = TableRef1(ExprContext.ACCEPT_QUERY_OR_JOIN)
    (
        <ON> on = Expression(ExprContext.ACCEPT_SUB_QUERY)
    |
        <USING> using = ParenthesizedSimpleIdentifierList()
    )
    ( action = MergeWhen() { actions.add(action); } )+
    [ returning = Returning() ]
    { return new Merge(s.end(this), with, target, source, on, using, actions, returning); }
}

/** WHEN { MATCHED | NOT MATCHED [ BY { TARGET | SOURCE } ] } [ AND condition ] THEN action */
MergeAction MergeWhen() :
{
    final Span s;
    String when;
    SqlNode condition = null;
    final MergeAction action;
}
{
    <WHEN> { s = span(); }
    (
        <MATCHED> { when = "MATCHED"; }
    |
        <NOT> <MATCHED> { when = "NOT MATCHED BY TARGET"; }
        [ <BY> ( <TARGET> | <SOURCE> { when = "NOT MATCHED BY SOURCE"; } ) ]
    )
    [ <AND> condition = Expression(ExprContext.ACCEPT_SUB_QUERY) ]
    <THEN> action = MergeThen(s, when, condition)
    { return action; }
}

MergeAction MergeThen(Span s, String when, SqlNode condition) :
{
    final MergeAction.Parts parts = new MergeAction.Parts(when, condition);
    final List<Assignment> assignments;
    SqlNodeList list;
    SqlNode e;
}
{
    (
        <UPDATE> { parts.action("UPDATE"); }
        [
            LOOKAHEAD(2)
            <SET> <STAR> { parts.shorthand("SET *"); }
        |
            <SET> assignments = AssignmentList() { parts.assignments(assignments); }
        |
            <BY> ( <NAME> { parts.shorthand("BY NAME"); } | <POSITION> { parts.shorthand("BY POSITION"); } )
        ]
    |
        <DELETE> { parts.action("DELETE"); }
    |
        <INSERT> { parts.action("INSERT"); }
        [ <BY> ( <NAME> { parts.shorthand("BY NAME"); } | <POSITION> { parts.shorthand("BY POSITION"); } ) ]
        [ list = ParenthesizedSimpleIdentifierList() { parts.columns(list); } ]
        [
            <STAR> { parts.shorthand("*"); }
        |
            <VALUES>
            list = ParenthesizedQueryOrCommaListWithDefault(ExprContext.ACCEPT_SUB_QUERY) { parts.values(list); }
        |
            <DEFAULT_> <VALUES> { parts.shorthand("DEFAULT VALUES"); }
        ]
    |
        <DO> <NOTHING> { parts.action("DO NOTHING"); }
    |
        <ERROR> { parts.action("ERROR"); }
        [ e = Expression(ExprContext.ACCEPT_SUB_QUERY) { parts.message(e); } ]
    )
    { return new MergeAction(s.end(this), parts); }
}
