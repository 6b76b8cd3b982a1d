/**
 * { INSERT [ OR { REPLACE | IGNORE } ] | REPLACE } INTO table [ AS alias ] [ ( column, ... ) ] [ BY { NAME | POSITION } ]
 * [ OVERRIDING SYSTEM VALUE ] { query | DEFAULT VALUES } [ ON CONFLICT ... ] [ RETURNING item, ... ]
 */
SqlNode InsertStatement(SqlNodeList with) :
{
    final Span s;
    final SqlIdentifier table;
    SqlIdentifier alias = null;
    SqlNodeList list;
    SqlNode source;
    OnConflict conflict;
    final Insert.Parts parts = new Insert.Parts(with);
}
{
    (
        <INSERT> { s = span(); }
        [
            <OR>
            (
                <REPLACE> { parts.action("OR REPLACE"); }
            |
                <IGNORE> { parts.action("OR IGNORE"); }
            )
        ]
    |
        <REPLACE> { s = span(); parts.action("OR REPLACE"); }
    )
    <INTO> table = CompoundTableIdentifier()
    [ <AS> alias = SimpleIdentifier() ]
    ByNameOrPosition(parts)
    [
        LOOKAHEAD(<LPAREN> SimpleIdentifier() ( <COMMA> | <RPAREN> ))
        list = ParenthesizedSimpleIdentifierList() { parts.columns(list); }
    ]
    ByNameOrPosition(parts)
    [
        LOOKAHEAD({ atWord("OVERRIDING") && atWord(2, "SYSTEM") })
        Word() <SYSTEM> <VALUE> { parts.overriding(); }
    ]
    (
        <DEFAULT_> <VALUES>
    |
        source = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY) { parts.source(source); }
    )
    [ conflict = OnConflictClause() { parts.onConflict(conflict); } ]
    [ list = Returning() { parts.returning(list); } ]
    { return new Insert(s.end(this), new Target(table, alias), parts); }
}

void ByNameOrPosition(Insert.Parts parts) :
{
}
{
    [ <BY> ( <NAME> { parts.by("BY NAME"); } | <POSITION> { parts.by("BY POSITION"); } ) ]
}

/**
 * ON CONFLICT [ ( column, ... ) [ WHERE condition ] | ON CONSTRAINT name ]
 * DO { NOTHING | UPDATE SET assignment, ... [ WHERE condition ] }
 */
OnConflict OnConflictClause() :
{
    final Span s;
    SqlNodeList columns = null;
    SqlIdentifier constraint = null;
    SqlNode predicate = null;
    List<Assignment> assignments = null;
    SqlNode where = null;
}
{
    <ON> { s = span(); } <CONFLICT>
    [
        columns = ParenthesizedSimpleIdentifierList()
    |
        <ON> <CONSTRAINT> constraint = SimpleIdentifier()
    ]
    [ predicate = Where() ]
    <DO>
    (
        <NOTHING>
    |
        <UPDATE> <SET> assignments = AssignmentList() [ where = Where() ]
    )
    { return new OnConflict(s.end(this), columns, constraint, predicate, assignments, where); }
}
