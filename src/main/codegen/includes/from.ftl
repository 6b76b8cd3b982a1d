<#-- What stands in FROM. -->

/** Tables between commas; a comma binds looser than every join. */
SqlNode FromClause() :
{
    SqlNode e;
    SqlNode right;
    SqlParserPos comma;
}
{
    e = JoinedTable()
    (
        LOOKAHEAD(2)
        <COMMA> { comma = getPos(); }
        right = JoinedTable() {
            e = new SqlJoin(comma, e, SqlLiteral.createBoolean(false, comma), JoinType.COMMA.symbol(comma), right,
                JoinConditionType.NONE.symbol(SqlParserPos.ZERO), null);
        }
    )*
    [ <COMMA> ]
    { return e; }
}

/** A table and what is joined to it; a pivot takes all that stands before it. */
SqlNode JoinedTable() :
{
    SqlNode e;
}
{
    e = TableRef1(ExprContext.ACCEPT_QUERY_OR_JOIN)
    ( LOOKAHEAD({ atJoin() || atPivot() }) e = JoinTable(e) )*
    { return e; }
}

/** One join, PIVOT or UNPIVOT, of what stands before it. */
SqlNode JoinTable(SqlNode e) :
{
    final SqlNode joined;
}
{
    (
        LOOKAHEAD({ atPivot() && getToken(1).kind == PIVOT })
        joined = PivotOf(e)
    |
        LOOKAHEAD({ atPivot() })
        joined = UnpivotOf(e)
    |
        LOOKAHEAD(2)
        joined = UnconditionalJoin(e)
    |
        joined = ConditionalJoin(e)
    )
    { return joined; }
}

/** Joins without ON and USING. */
SqlNode UnconditionalJoin(SqlNode left) :
{
    final SqlNode right;
    final SqlParserPos pos;
    String words = "";
    JoinType type = JoinType.CROSS;
}
{
    (
        <CROSS> <JOIN> { pos = getPos(); } right = TableRef1(ExprContext.ACCEPT_QUERY_OR_JOIN)
    |
        LOOKAHEAD({ atPositionalJoin() })
        Word() <JOIN> { pos = getPos(); words = "POSITIONAL JOIN "; } right = TableRef1(ExprContext.ACCEPT_QUERY_OR_JOIN)
    |
        <CROSS> <APPLY> { pos = getPos(); } right = TableRef2(true)
    |
        <OUTER> <APPLY> { pos = getPos(); type = JoinType.LEFT; } right = TableRef2(true)
    |
        <NATURAL> { pos = getPos(); }
        ( <ASOF> type = JoinWords() { words = "ASOF "; } | type = JoinWords() )
        right = TableRef1(ExprContext.ACCEPT_QUERY_OR_JOIN) {
            return Join.natural(pos, left, words, type, right);
        }
    )
    {
        return type == JoinType.LEFT
            ? Join.on(pos, left, "", type, right, SqlLiteral.createBoolean(true, pos))
            : Join.cross(pos, left, words, right);
    }
}

/** The words of a join that may be ASOF; never empty, which JavaCC could not look ahead over. */
JoinType JoinWords() :
{
    JoinType type = JoinType.INNER;
}
{
    <JOIN> { return type; }
|
    <INNER> <JOIN> { return type; }
|
    <LEFT> { type = JoinType.LEFT; }
    [
        <OUTER>
    |
        <SEMI> { type = JoinType.LEFT_SEMI_JOIN; }
    |
        <ANTI> { type = JoinType.LEFT_ANTI_JOIN; }
    |
        <ASOF> { type = JoinType.LEFT_ASOF; }
    ]
    <JOIN> { return type; }
|
    <RIGHT> [ <OUTER> ] <JOIN> { return JoinType.RIGHT; }
|
    <FULL> [ <OUTER> ] <JOIN> { return JoinType.FULL; }
|
    <SEMI> <JOIN> { return JoinType.LEFT_SEMI_JOIN; }
|
    <ANTI> <JOIN> { return JoinType.LEFT_ANTI_JOIN; }
}

/** Joins that need ON or USING, or MATCH_CONDITION; what is joined on the right before that is joined first. */
SqlNode ConditionalJoin(SqlNode left) :
{
    SqlNode right;
    SqlNode match = null;
    SqlNode condition = null;
    SqlNodeList names;
    final SqlParserPos pos;
    String asof = "";
    final JoinType type;
}
{
    ( <ASOF> type = JoinWords() { asof = "ASOF "; } | type = JoinWords() ) { pos = getPos(); }
    right = TableRef1(ExprContext.ACCEPT_QUERY_OR_JOIN)
    ( LOOKAHEAD({ atJoin() || atPivot() }) right = JoinTable(right) )*
    [ <MATCH_CONDITION> match = Expression(ExprContext.ACCEPT_SUB_QUERY) ]
    (
        LOOKAHEAD(2)
        <USING> names = NameList() {
            if (match != null) {
                refuse("MATCH_CONDITION with USING (write ON)");
            }
            return Join.using(pos, left, asof, type, right, names);
        }
    |
        [ <ON> condition = Expression(ExprContext.ACCEPT_SUB_QUERY) ]
        {
            return Join.on(pos, left, asof, type, right, Join.both(condition, match));
        }
    )
}

/** One table with its alias, not yet joined. */
SqlNode TableRef3(ExprContext exprContext, boolean lateral) :
{
    final SqlIdentifier alias;
    SqlNode e;
    Sample sample;
}
{
    (
        LOOKAHEAD({ atPrefixAlias() })
        alias = SimpleIdentifier() <COLON> e = TablePrimary(exprContext, lateral) {
            e = SqlStdOperatorTable.AS.createCall(Span.of(alias).end(this), e, alias);
        }
    |
        e = TablePrimary(exprContext, lateral)
        [ LOOKAHEAD(1, { mayAlias() }) e = TableAlias(e) ]
    )
    [ LOOKAHEAD(2) <FOR> { refuse("FOR SYSTEM_TIME"); } <SYSTEM_TIME> ]
    [ LOOKAHEAD(2) <MATCH_RECOGNIZE> { refuse("MATCH_RECOGNIZE"); } <LPAREN> ]
    [
        <TABLESAMPLE> sample = SampleSize() { e = new SampledTable(Span.of(e).end(this), e, sample); }
    ]
    { return e; }
}

/** [ AS ] name [ (columns) ] */
SqlNode TableAlias(SqlNode table) :
{
    final SqlIdentifier alias;
    SqlNodeList columns = SqlNodeList.EMPTY;
}
{
    ( <AS> ( alias = SimpleIdentifier() | alias = SimpleIdentifierFromStringLiteral() ) | alias = SimpleIdentifier() )
    [ columns = NameList() ]
    {
        final List<SqlNode> operands = new ArrayList<SqlNode>();
        operands.add(table);
        operands.add(alias);
        operands.addAll(columns.getList());
        return SqlStdOperatorTable.AS.createCall(Span.of(table).end(this), operands);
    }
}

/** A name, a function's rows, a query, VALUES, a file. */
SqlNode TablePrimary(ExprContext exprContext, boolean lateral) :
{
    final SqlIdentifier name;
    final Span s;
    SqlNode e = null;
    SqlNodeList list;
}
{
    (
        LOOKAHEAD({ getToken(1).kind == ROWS && getToken(2).kind == FROM })
        <ROWS> <FROM> { refuse("ROWS FROM"); }
    |
        LOOKAHEAD({ getToken(1).kind == VALUES && getToken(2).kind == LPAREN })
        e = TableConstructor()
    |
        LOOKAHEAD(2)
        name = CompoundTableIdentifier()
        (
            LOOKAHEAD({ getToken(1).kind == LPAREN })
            e = ImplicitTableFunctionCallArgs(name) e = WithOrdinality(e)
        |
            ( e = TableHints(name) | { e = name; } )
        )
    |
        LOOKAHEAD({ getToken(1).kind == LPAREN && atListing(2) })
        <LPAREN> ( LOOKAHEAD({ getToken(1).kind == SHOW }) e = ShowStatement() | e = DescribeStatement() ) <RPAREN>
    |
        LOOKAHEAD(2)
        [ <LATERAL> { lateral = true; } ]
        e = ParenthesizedExpression(exprContext)
        { e = lateral ? addLateral(e, true) : e; }
    |
        LOOKAHEAD(2)
        [ <LATERAL> ] <UNNEST> { s = span(); }
        list = UnnestArguments()
        {
            e = SqlStdOperatorTable.UNNEST.createCall(s.end(this), (List<SqlNode>) list);
        }
        [
            <WITH> <ORDINALITY> {
                e = SqlStdOperatorTable.UNNEST_WITH_ORDINALITY.createCall(s.end(this), (List<SqlNode>) list);
            }
        ]
    |
        LOOKAHEAD(2)
        <LATERAL> name = CompoundTableIdentifier()
        e = ImplicitTableFunctionCallArgs(name) e = WithOrdinality(e)
        { e = addLateral(e, true); }
    |
        [ <LATERAL> { lateral = true; } ]
        e = TableFunctionCall() e = WithOrdinality(e)
        { e = lateral ? addLateral(e, true) : e; }
    |
        e = ExtendedTableRef()
    )
    { return e; }
}

SqlNode WithOrdinality(SqlNode function) :
{
}
{
    [
        <WITH> <ORDINALITY> {
            return QueryOperators.WITH_ORDINALITY.createCall(Span.of(function).end(this), function);
        }
    ]
    { return function; }
}

/** ( argument, ... ), some with names. */
SqlNodeList UnnestArguments() :
{
    final List<SqlNode> list = new ArrayList<SqlNode>();
    final Span s;
}
{
    <LPAREN> { s = span(); }
    AddArg0(list, ExprContext.ACCEPT_SUB_QUERY)
    ( <COMMA> AddArg(list, ExprContext.ACCEPT_SUB_QUERY) )*
    <RPAREN> { return new SqlNodeList(list, s.end(this)); }
}

/** size [ % | PERCENT | ROWS ] [ (method [, seed]) ], or [ method ] (size) [ REPEATABLE (seed) ] */
Sample SampleSize() :
{
    final Span s;
    SqlIdentifier method = null;
    SqlNumericLiteral seed = null;
    final SqlNumericLiteral size;
    Sample.Unit unit;
}
{
    (
        size = UnsignedNumericLiteral() { s = span(); }
        unit = SampleUnit()
        [
            <LPAREN> method = SimpleIdentifier()
            [ <COMMA> seed = UnsignedNumericLiteral() ]
            <RPAREN>
        ]
    |
        { s = Span.of(); }
        [ <SUBSTITUTE> { refuse("TABLESAMPLE SUBSTITUTE"); } ]
        [ method = SimpleIdentifier() ]
        <LPAREN> { s.add(this); }
        size = UnsignedNumericLiteral()
        unit = SampleUnit()
        <RPAREN>
        [ <REPEATABLE> <LPAREN> seed = UnsignedNumericLiteral() <RPAREN> ]
    )
    { return new Sample(s.end(this), method, size, unit, seed); }
}

Sample.Unit SampleUnit() :
{
}
{
    ( <PERCENT_REMAINDER> | <PERCENT> ) { return Sample.Unit.PERCENT; }
|
    <ROWS> { return Sample.Unit.ROWS; }
|
    { return Sample.Unit.OF_METHOD; }
}
