<#-- $1 beside ?; never both in one statement. -->
<@original><#noparse>    <HOOK> {
        return new SqlDynamicParam(nDynamicParams++, getPos());
    }</#noparse></@original>
<@replacement><#noparse>    <HOOK> {
        return new SqlDynamicParam(nDynamicParams++, getPos());
    }
|
    <NUMBERED_PARAMETER> {
        return EngineOperators.numberedParameter(token.image, getPos());
    }</#noparse></@replacement>
<#-- Types: lists `INTEGER[]`, `INTEGER[3]`, and the engine's own. -->
<@original><#noparse>    (
        typeName = CollectionsTypeName(typeName)
    )*
    {
        return new SqlDataTypeSpec(typeName, s.add(typeName.getParserPos()).pos());</#noparse></@original>
<@replacement><#noparse>    (
        typeName = CollectionsTypeName(typeName)
    |
        typeName = ListTypeName(typeName)
    )*
    {
        return new SqlDataTypeSpec(typeName, s.add(typeName.getParserPos()).pos());</#noparse></@replacement>
<#-- Operators that the engine binds otherwise than Calcite, or that Calcite does not have. -->
<@original><#noparse>|   <LEFTSHIFT> { return SqlStdOperatorTable.BIT_LEFT_SHIFT; }</#noparse></@original>
<@replacement><#noparse>|   <LEFTSHIFT> { return EngineOperators.SHIFT_LEFT; }
|   <RIGHTSHIFT> { return EngineOperators.SHIFT_RIGHT; }
|   <VERTICAL_BAR> { return EngineOperators.BIT_OR; }
|   <POWER_OPERATOR> { return EngineOperators.POWER_STARS; }</#noparse></@replacement>
<@original><#noparse>|   <CONCAT> { return SqlStdOperatorTable.CONCAT; }</#noparse></@original>
<@replacement><#noparse>|   <CONCAT> { return EngineOperators.CONCAT; }</#noparse></@replacement>
<@original><#noparse>|   <CARET> { return SqlStdOperatorTable.BITXOR_OPERATOR; }</#noparse></@original>
<@replacement><#noparse>|   <CARET> { return EngineOperators.POWER; }</#noparse></@replacement>
<@original><#noparse>|   <AMPERSAND> { return SqlStdOperatorTable.BITAND_OPERATOR; }</#noparse></@original>
<@replacement><#noparse>|   <AMPERSAND> { return EngineOperators.BIT_AND; }</#noparse></@replacement>
<#-- INTERVAL '90 days' -->
<@original><#noparse>        // literal (with quoted string)
        p = SimpleStringLiteral()
        intervalQualifier = IntervalQualifier() {
            return SqlParserUtil.parseIntervalLiteral(s.end(intervalQualifier),
                sign, p, intervalQualifier);
        }</#noparse></@original>
<@replacement><#noparse>        // literal (with quoted string)
        p = SimpleStringLiteral()
        (
            LOOKAHEAD(1)
            intervalQualifier = IntervalQualifier() {
                return SqlParserUtil.parseIntervalLiteral(s.end(intervalQualifier),
                    sign, p, intervalQualifier);
            }
        |
            {
                e = EngineOperators.INTERVAL_TEXT.createCall(s.end(this),
                    SqlLiteral.createCharString(p, getPos()));
                return sign == 1 ? e : SqlStdOperatorTable.UNARY_MINUS.createCall(s.end(this), e);
            }
        )</#noparse></@replacement>
<#-- BigQuery's and MATCH_RECOGNIZE's functions have names that are functions of the engine, called like any other. -->
<#list ["ContainsSubstrFunctionCall", "DateDiffFunctionCall", "DateTruncFunctionCall", "DatetimeTruncFunctionCall",
    "DatetimeDiffFunctionCall", "TimestampDiff3FunctionCall", "TimestampTruncFunctionCall", "TimeDiffFunctionCall",
    "TimeTruncFunctionCall", "MatchRecognizeFunctionCall"] as production>
<@original>        node = ${production}() { return node; }
    |
</@original>
<@replacement></@replacement>
</#list>
<#-- Aggregates order their input, and skip nulls, between their parentheses. -->
<@original><#noparse>        AddArg(list, exprContext)
    )*
    <RPAREN>
    {
        return list;
    }</#noparse></@original>
<@replacement><#noparse>AddArg(list, exprContext)
    )*
    AddArgumentSuffix(list)
    <RPAREN>
    {
        return list;
    }</#noparse></@replacement>
<@original><#noparse>        e = PartitionedQueryOrQueryOrExpr(firstExprContext)
    )
    {
        if (name != null) {</#noparse></@original>
<@replacement><#noparse>        e = FunctionArgument(firstExprContext)
    )
    {
        if (name != null) {</#noparse></@replacement>
<@original><#noparse>    |   <UPPER>
    |   <TRUNCATE></#noparse></@original>
<@replacement><#noparse>    |   <UNNEST>
    |   <UPPER>
    |   <TRUNCATE></#noparse></@replacement>
<#-- trim(text, characters) beside SQL's trim(characters FROM text). -->
<@original><#noparse>                    <FROM> { trimChars = e; fromPos = getPos(); }
                    e = Expression(ExprContext.ACCEPT_SUB_QUERY)
                ]</#noparse></@original>
<@replacement><#noparse>                    <FROM> { trimChars = e; fromPos = getPos(); }
                    e = Expression(ExprContext.ACCEPT_SUB_QUERY)
                |
                    <COMMA> trimChars = Expression(ExprContext.ACCEPT_SUB_QUERY)
                ]</#noparse></@replacement>
<#-- The first database is called default, and its users qualify names with it. -->
<@original><#noparse>        <IDENTIFIER> {
            id = unquotedIdentifier();
            pos = getPos();
        }
    |</#noparse></@original>
<@replacement><#noparse><IDENTIFIER> {
            id = unquotedIdentifier();
            pos = getPos();
        }
    |
        LOOKAHEAD({ getToken(1).kind == DEFAULT_ && getToken(2).kind == DOT })
        <DEFAULT_> {
            id = unquotedIdentifier();
            pos = getPos();
        }
    |</#noparse></@replacement>
<#-- NEXT is a name, but not in NEXT VALUE FOR. -->
<@original><#noparse>        e = ContextVariable()</#noparse></@original>
<@replacement><#noparse>LOOKAHEAD({ atWord("NEXT") && atWord(2, "VALUE") && getToken(3).kind == FOR })
        e = SequenceExpression()
    |
        e = ContextVariable()</#noparse></@replacement>
<#-- Names of types with arguments: `TEXT(10)`, `ENUM('a', 'b')`. -->
<@original><#noparse>        typeName = CompoundIdentifier() {
            typeNameSpec = new SqlUserDefinedTypeNameSpec(typeName, s.end(this));
        }</#noparse></@original>
<@replacement><#noparse>typeName = CompoundIdentifier()
        [ LOOKAHEAD(<LPAREN> ( <UNSIGNED_INTEGER_LITERAL> | <QUOTED_STRING> )) TypeArguments(typeArguments) ] {
            typeNameSpec = EngineTypeNameSpec.named(typeName, typeArguments, s.end(this));
        }</#noparse></@replacement>
<@original><#noparse>SqlTypeNameSpec TypeName() :
{
    final SqlTypeNameSpec typeNameSpec;</#noparse></@original>
<@replacement><#noparse>SqlTypeNameSpec TypeName() :
{
    final List<String> typeArguments = new ArrayList<String>();
    final SqlTypeNameSpec typeNameSpec;</#noparse></@replacement>
