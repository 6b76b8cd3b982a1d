/**
 * [ UNIQUE ] INDEX [ CONCURRENTLY ] [ IF NOT EXISTS ] [ name ] ON table [ USING method ] ( element, ... )
 * [ INCLUDE ( column, ... ) ] [ NULLS [ NOT ] DISTINCT ] [ WHERE condition ]
 */
SqlNode CreateIndexStatement(Span s, boolean replace, boolean temporary) :
{
    boolean unique = false;
    final boolean ifNotExists;
    SqlIdentifier name = null;
    final SqlIdentifier table;
    SqlIdentifier method = null;
    final List<SqlNode> elements = new ArrayList<SqlNode>();
    SqlNode unsupported = null;
}
{
    [ <UNIQUE> { unique = true; } ]
    IndexWord()
    [ LOOKAHEAD({ atWord("CONCURRENTLY") }) Word() ]
    ifNotExists = IfNotExists()
    [ LOOKAHEAD({ getToken(1).kind != ON }) name = SimpleIdentifier() ]
    <ON> table = CompoundIdentifier()
    [ <USING> method = SimpleIdentifier() ]
    <LPAREN> IndexElement(elements) ( <COMMA> IndexElement(elements) )* <RPAREN>
    [
        <INCLUDE> { unsupported = new Unsupported(getPos(), "INCLUDE in an index"); }
        ParenthesizedSimpleIdentifierList()
    ]
    [
        <NULLS>
        (
            <NOT> <DISTINCT> { unsupported = new Unsupported(getPos(), "NULLS NOT DISTINCT"); }
        |
            <DISTINCT>
        )
    ]
    [
        <WHERE> { unsupported = new Unsupported(getPos(), "an index of some rows only (WHERE)"); }
        Expression(ExprContext.ACCEPT_SUB_QUERY)
    ]
    {
        return unsupported != null ? unsupported
            : new CreateIndex(s.end(this), replace || temporary, unique, ifNotExists, name, table, method, elements);
    }
}

void IndexWord() :
{
}
{
    LOOKAHEAD({ atWord("INDEX") })
    Word()
}

/** expression [ ASC | DESC ] [ NULLS { FIRST | LAST } ]: the order does not matter to the engine's indexes. */
void IndexElement(List<SqlNode> elements) :
{
    final SqlNode element;
}
{
    element = Expression(ExprContext.ACCEPT_NON_QUERY) { elements.add(element); }
    [ <ASC> | <DESC> ]
    [ <NULLS> ( <FIRST> | <LAST> ) ]
}
