/**
 * COPY { table [ ( column, ... ) ] | ( query ) } TO 'file' [ options ]
 * COPY table [ ( column, ... ) ] FROM 'file' [ options ]
 */
SqlNode CopyStatement() :
{
    final Span s;
    final Copy.Parts parts = new Copy.Parts();
    SqlIdentifier table;
    SqlNodeList columns;
    SqlNode query;
}
{
    <COPY> { s = span(); }
    (
        LOOKAHEAD({ getToken(1).kind == FROM && atWord(2, "DATABASE") })
        <FROM> Word()
        CompoundIdentifier() [ <TO> CompoundIdentifier() ]
        [ <LPAREN> SimpleIdentifier() <RPAREN> ]
        { return new Unsupported(s.end(this), "COPY FROM DATABASE"); }
    |
        <LPAREN> query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY) <RPAREN> { parts.query(query); }
        <TO>
    |
        table = CompoundTableIdentifier() { parts.table(table); }
        [ columns = ParenthesizedSimpleIdentifierList() { parts.columns(columns); } ]
        ( <TO> | <FROM> { parts.reading(); } )
    )
    CopyFile(parts)
    CopyOptions(parts.options())
    { return new Copy(s.end(this), parts); }
}

void CopyFile(Copy.Parts parts) :
{
    SqlNode file;
}
{
    LOOKAHEAD({ atWord("STDIN") || atWord("STDOUT") })
    <IDENTIFIER> { parts.file(new Unsupported(getPos(), token.image.toUpperCase(Locale.ROOT)), Copy.Place.CLIENT); }
|
    LOOKAHEAD({ atWord("PROGRAM") && getToken(2).kind == QUOTED_STRING })
    <IDENTIFIER> { parts.file(new Unsupported(getPos(), "PROGRAM"), Copy.Place.PROGRAM); }
    <QUOTED_STRING>
|
    file = Expression(ExprContext.ACCEPT_SUB_QUERY) { parts.file(file, Copy.Place.FILE); }
}

/** [ WITH ] { ( name [ value ], ... ) | { name [ [ AS ] value ] }... } */
void CopyOptions(CopyOptions options) :
{
}
{
    [ <WITH> ]
    [
        <LPAREN> CopyOption(options) ( <COMMA> CopyOption(options) )* <RPAREN>
    |
        ( PlainCopyOption(options) )+
    ]
}

void CopyOption(CopyOptions options) :
{
    final SqlIdentifier name;
    SqlNode value = null;
}
{
    name = CopyOptionName()
    [
        <STAR> { value = SqlIdentifier.star(getPos()); }
    |
        LOOKAHEAD({ getToken(1).kind == LPAREN })
        value = CopyOptionList()
    |
        value = CopyOptionValue()
    ]
    { options.add(name, value); }
}

SqlIdentifier CopyOptionName() :
{
    final SqlIdentifier name;
}
{
    ( <NULL> | <ARRAY> ) { return new SqlIdentifier(token.image, getPos()); }
|
    name = SimpleIdentifier() { return name; }
}

/** ( value, ... ) */
SqlNode CopyOptionList() :
{
    final Span s;
    final List<SqlNode> list = new ArrayList<SqlNode>();
    SqlNode value;
}
{
    <LPAREN> { s = span(); }
    value = CopyOptionValue() { list.add(value); }
    ( <COMMA> value = CopyOptionValue() { list.add(value); } )*
    <RPAREN> { return new SqlNodeList(list, s.end(this)); }
}

SqlNode CopyOptionValue() :
{
    final SqlNode value;
}
{
    <ON> { return SqlLiteral.createBoolean(true, getPos()); }
|
    LOOKAHEAD(1, { getToken(1).kind != NULL && getToken(1).kind != UNKNOWN })
    value = SimpleIdentifier() { return value; }
|
    value = Expression(ExprContext.ACCEPT_NON_QUERY) { return value; }
}

/** PostgreSQL's older spelling: an option is its word, and then perhaps its value. */
void PlainCopyOption(CopyOptions options) :
{
    final SqlIdentifier name;
    SqlNode value = null;
    SqlNodeList columns;
}
{
    LOOKAHEAD({ atWord("FORCE") && atWord(2, "QUOTE") })
    <IDENTIFIER> <IDENTIFIER> { name = new SqlIdentifier("FORCE_QUOTE", getPos()); }
    (
        <STAR> { options.add(name, SqlIdentifier.star(getPos())); }
    |
        columns = ColumnNames() { options.add(name, columns); }
    )
|
    LOOKAHEAD({ atWord("FORCE") && getToken(2).kind == NOT })
    <IDENTIFIER> <NOT> <NULL> { name = new SqlIdentifier("FORCE_NOT_NULL", getPos()); }
    columns = ColumnNames() { options.add(name, columns); }
|
    name = CopyOptionName()
    [ <AS> ]
    [ LOOKAHEAD({ getToken(1).kind == QUOTED_STRING }) value = StringLiteral() ]
    { options.addPlain(name, value); }
}

SqlNodeList ColumnNames() :
{
    final List<SqlNode> list = new ArrayList<SqlNode>();
}
{
    AddSimpleIdentifiers(list) { return new SqlNodeList(list, getPos()); }
}
