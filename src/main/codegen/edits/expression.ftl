<#-- Expressions are Skyport's own: includes/expression.ftl. -->
<#list [
    "SqlNode Expression(ExprContext exprContext) :",
    "void AddArg0(List<SqlNode> list, ExprContext exprContext) :",
    "void AddArg(List<SqlNode> list, ExprContext exprContext) :",
    "SqlNumericLiteral UnsignedNumericLiteral() :",
    "SqlNode StringLiteral() :"] as production>
<@without production/>
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
    }
|
    <NAMED_PARAMETER> {
        Unsupported.refuse(getPos(), "a parameter with a name (write ? or $1)");
    }</#noparse></@replacement>
<#-- Types: lists `INTEGER[]`, `INTEGER[3]`, the engine's own, and any with arguments. -->
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
<#-- What is no star or query is an expression: nothing need be looked at to know that. -->
<@original><#noparse>    e = LeafQuery(exprContext) { return e; }
|
    e = Expression(exprContext) { return e; }</#noparse></@original>
<@replacement><#noparse>    LOOKAHEAD({ atSureQuery() })
    e = LeafQuery(exprContext) { return e; }
|
    e = LeafQuery(exprContext) { return e; }
|
    LOOKAHEAD({ true })
    e = Expression(exprContext) { return e; }</#noparse></@replacement>
<#-- What lookahead needs to know; a production could not be called from it. -->
<@original>    private SqlNode extend(SqlNode table, SqlNodeList extendList) {</@original>
<@replacement>    /** Deeper, the engine refuses too. */
    private static final int MAX_DEPTH = 400;

    private int depth;

    /** A word that is no operator where it ends the expression: the IN of POSITION(... IN ...). */
    private int stop = EOF;

    /** Whether VALUES(column) is the value that was to be inserted. */
    private boolean insertedValues;

    private final java.util.function.IntFunction<Token> ahead = new java.util.function.IntFunction<Token>() {
        public Token apply(int index) {
            return getToken(index);
        }
    };

    private void enterExpression() {
        if (++depth > MAX_DEPTH) {
            throw Infix.tooDeep(MAX_DEPTH, new SqlParserPos(getToken(1).beginLine, getToken(1).beginColumn));
        }
    }

    private void leaveExpression() {
        depth--;
    }

    /** Where only a query may stand. */
    private void requireNoQuery(ExprContext exprContext) {
        if (exprContext == ExprContext.ACCEPT_QUERY) {
            throw Infix.unexpected(getToken(1));
        }
    }

    private boolean atOperator() {
        return Ahead.operator(ahead, stop);
    }

    private boolean atFunction() {
        return Ahead.function(ahead);
    }

    private boolean atTypedLiteral() {
        return Ahead.typedLiteral(ahead);
    }

    private boolean atInterval() {
        return Ahead.interval(ahead);
    }

    private SqlNode extend(SqlNode table, SqlNodeList extendList) {</@replacement>
<#-- $tag$text$tag$ ends at its own tag, which no regular expression knows. -->
<@original><#noparse>    final List<Integer> lexicalStateStack = new ArrayList<Integer>();</#noparse></@original>
<@replacement><#noparse>    final List<Integer> lexicalStateStack = new ArrayList<Integer>();

    void readDollarQuoted(Token start) {
        StringBuilder text = new StringBuilder(start.image);
        int tag = start.image.length();
        try {
            while (text.length() < 2 * tag || !start.image.contentEquals(text.subSequence(text.length() - tag, text.length()))) {
                text.append(input_stream.readChar());
            }
        } catch (java.io.IOException end) {
            throw new TokenMgrError(
                true, curLexState, start.beginLine, start.beginColumn, start.image, (char) 0, TokenMgrError.LEXICAL_ERROR);
        }
        start.image = text.toString();
        start.endLine = input_stream.getEndLine();
        start.endColumn = input_stream.getEndColumn();
    }</#noparse></@replacement>
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
