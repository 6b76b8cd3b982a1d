/**
 * { INSERT [ OR { REPLACE | IGNORE } | IGNORE ] | REPLACE } INTO table [ AS alias ] [ ( column, ... ) ] [ BY { NAME | POSITION } ]
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
        |
            <IGNORE> { parts.action("OR IGNORE"); }
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
    [ LOOKAHEAD(1) conflict = OnConflictClause() { parts.onConflict(conflict); } ]
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
 * | ON DUPLICATE KEY UPDATE assignment, ...
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
    <ON> { s = span(); }
    [
        LOOKAHEAD({ atWord("DUPLICATE") })
        Word() <KEY> <UPDATE> { insertedValues = true; }
        assignments = AssignmentList() {
            insertedValues = false;
            return OnConflict.onDuplicateKey(s.end(this), assignments);
        }
    ]
    <CONFLICT>
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
