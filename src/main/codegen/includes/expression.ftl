<#-- Expressions. What they are made of is read here; how operators bind is said by the class Infix. -->

/** Any expression; in some contexts, a query in parentheses. */
SqlNode Expression(ExprContext exprContext) :
{
    final Infix infix = new Infix();
    final int before = stop;
}
{
    { enterExpression(); stop = EOF; }
    Term(infix, exprContext)
    ( LOOKAHEAD({ atOperator() }) Operator(infix, exprContext) )*
    { leaveExpression(); stop = before; return infix.tree(getToken(1)); }
}

/** An expression in front of a word that is an operator elsewhere: the IN of POSITION(a IN b), the NOT of DEFAULT 1 NOT NULL. */
SqlNode ExpressionBefore(int word) :
{
    final Infix infix = new Infix();
    final int before = stop;
}
{
    { enterExpression(); stop = word; }
    Term(infix, ExprContext.ACCEPT_SUB_QUERY)
    ( LOOKAHEAD({ atOperator() }) Operator(infix, ExprContext.ACCEPT_SUB_QUERY) )*
    { leaveExpression(); stop = before; return infix.tree(getToken(1)); }
}

/** An operand behind any number of prefix operators. */
void Term(Infix infix, ExprContext exprContext) :
{
    final SqlNode e;
}
{
    ( LOOKAHEAD({ Ahead.prefixOperator(getToken(1)) }) PrefixOperator(infix, exprContext) )*
    e = Operand(exprContext) { infix.operand(e); }
}

void PrefixOperator(Infix infix, ExprContext exprContext) :
{
}
{
    { requireNoQuery(exprContext); }
    (
        LOOKAHEAD(1) <PLUS> { infix.prefix(SqlStdOperatorTable.UNARY_PLUS, Infix.Level.SIGN, getPos()); }
    |
        LOOKAHEAD(1) <MINUS> { infix.prefix(SqlStdOperatorTable.UNARY_MINUS, Infix.Level.SIGN, getPos()); }
    |
        LOOKAHEAD(1) <NOT> { infix.prefix(SqlStdOperatorTable.NOT, Infix.Level.NOT, getPos()); }
    |
        LOOKAHEAD(1) <TILDE> { infix.prefix(EngineOperators.BIT_NOT, Infix.Level.OTHER, getPos()); }
    |
        LOOKAHEAD(1) <AT_SIGN> { infix.prefix(EngineOperators.ABSOLUTE, Infix.Level.OTHER, getPos()); }
    )
}

/** An operator behind an operand, with the operand behind it if it takes one. */
void Operator(Infix infix, ExprContext exprContext) :
{
}
{
    { requireNoQuery(exprContext); }
    (
        LOOKAHEAD({ Ahead.quantified(getToken(2), getToken(3)) })
        Quantified(infix)
    |
        LOOKAHEAD(1) InfixSymbol(infix) Term(infix, ExprContext.ACCEPT_SUB_QUERY)
    |
        LOOKAHEAD({ Ahead.wordOperator(ahead) })
        WordOperator(infix) Term(infix, ExprContext.ACCEPT_SUB_QUERY)
    |
        LOOKAHEAD(1) CastOperator(infix)
    |
        LOOKAHEAD(1) IsOperator(infix)
    |
        LOOKAHEAD({ Ahead.inOperator(getToken(1), getToken(2)) })
        InOperator(infix)
    |
        LOOKAHEAD({ Ahead.betweenOperator(getToken(1), getToken(2)) })
        BetweenOperator(infix)
    |
        LOOKAHEAD({ getToken(1).kind == NOT && getToken(2).kind == NULL })
        <NOT> <NULL> { infix.postfix(SqlStdOperatorTable.IS_NOT_NULL, Infix.Level.IS, getPos()); }
    |
        LOOKAHEAD(1) MatchOperator(infix)
    |
        LOOKAHEAD(1) <ISNULL> { infix.postfix(SqlStdOperatorTable.IS_NULL, Infix.Level.IS, getPos()); }
    |
        LOOKAHEAD(1) <NOTNULL> { infix.postfix(SqlStdOperatorTable.IS_NOT_NULL, Infix.Level.IS, getPos()); }
    |
        LOOKAHEAD(1) <NEGATE> { infix.postfix(EngineOperators.FACTORIAL, Infix.Level.POSTFIX, getPos()); }
    |
        LOOKAHEAD(1) AtTimeZone(infix)
    |
        LOOKAHEAD(1) CollateOperator(infix)
    )
}

/** a = ANY (query), a = ANY (list), a <> ALL (...) */
void Quantified(Infix infix) :
{
    final SqlKind comparison;
    final SqlOperator operator;
    final SqlParserPos pos;
    final SqlNodeList list;
}
{
    comparison = QuantifiedComparison() { pos = getPos(); }
    (
        LOOKAHEAD(1) ( LOOKAHEAD(1) <SOME> | LOOKAHEAD(1) <ANY> ) { operator = SqlStdOperatorTable.some(comparison); }
    |
        LOOKAHEAD(1) <ALL> { operator = SqlStdOperatorTable.all(comparison); }
    )
    list = ParenthesizedQueryOrCommaList(ExprContext.ACCEPT_NONCURSOR) {
        infix.binary(operator, Infix.Level.COMPARISON, pos);
        infix.operand(Infix.queryOrList(list));
    }
}

SqlKind QuantifiedComparison() :
{
}
{
    LOOKAHEAD(1) ( LOOKAHEAD(1) <EQ> | LOOKAHEAD(1) <EQUALS_TWICE> ) { return SqlKind.EQUALS; }
|
    LOOKAHEAD(1) ( LOOKAHEAD(1) <NE> | LOOKAHEAD(1) <NE2> ) { return SqlKind.NOT_EQUALS; }
|
    LOOKAHEAD(1) <LT> { return SqlKind.LESS_THAN; }
|
    LOOKAHEAD(1) <LE> { return SqlKind.LESS_THAN_OR_EQUAL; }
|
    LOOKAHEAD(1) <GT> { return SqlKind.GREATER_THAN; }
|
    LOOKAHEAD(1) <GE> { return SqlKind.GREATER_THAN_OR_EQUAL; }
}

void InfixSymbol(Infix infix) :
{
    final SqlOperator operator;
    final Infix.Level level;
}
{
    (
        LOOKAHEAD(1) <OR> { operator = SqlStdOperatorTable.OR; level = Infix.Level.OR; }
    |   LOOKAHEAD(1) <AND> { operator = SqlStdOperatorTable.AND; level = Infix.Level.AND; }
    |   LOOKAHEAD(1) ( LOOKAHEAD(1) <EQ> | LOOKAHEAD(1) <EQUALS_TWICE> ) { operator = SqlStdOperatorTable.EQUALS; level = Infix.Level.COMPARISON; }
    |   LOOKAHEAD(1) ( LOOKAHEAD(1) <NE> | LOOKAHEAD(1) <NE2> ) { operator = SqlStdOperatorTable.NOT_EQUALS; level = Infix.Level.COMPARISON; }
    |   LOOKAHEAD(1) <LT> { operator = SqlStdOperatorTable.LESS_THAN; level = Infix.Level.COMPARISON; }
    |   LOOKAHEAD(1) <LE> { operator = SqlStdOperatorTable.LESS_THAN_OR_EQUAL; level = Infix.Level.COMPARISON; }
    |   LOOKAHEAD(1) <GT> { operator = SqlStdOperatorTable.GREATER_THAN; level = Infix.Level.COMPARISON; }
    |   LOOKAHEAD(1) <GE> { operator = SqlStdOperatorTable.GREATER_THAN_OR_EQUAL; level = Infix.Level.COMPARISON; }
    |   LOOKAHEAD(1) <PLUS> { operator = SqlStdOperatorTable.PLUS; level = Infix.Level.ADD; }
    |   LOOKAHEAD(1) <MINUS> { operator = SqlStdOperatorTable.MINUS; level = Infix.Level.ADD; }
    |   LOOKAHEAD(1) <STAR> { operator = SqlStdOperatorTable.MULTIPLY; level = Infix.Level.MULTIPLY; }
    |   LOOKAHEAD(1) <SLASH> { operator = SqlStdOperatorTable.DIVIDE; level = Infix.Level.MULTIPLY; }
    |   LOOKAHEAD(1) <PERCENT_REMAINDER> { operator = EngineOperators.REMAINDER; level = Infix.Level.MULTIPLY; }
    |   LOOKAHEAD(1) <INTEGER_DIVIDE> { operator = EngineOperators.INTEGER_DIVIDE; level = Infix.Level.MULTIPLY; }
    |   LOOKAHEAD(1) <CARET> { operator = EngineOperators.POWER; level = Infix.Level.POWER; }
    |   LOOKAHEAD(1) <POWER_OPERATOR> { operator = EngineOperators.POWER_STARS; level = Infix.Level.POWER; }
    |   LOOKAHEAD(1) <CONCAT> { operator = EngineOperators.CONCAT; level = Infix.Level.OTHER; }
    |   LOOKAHEAD(1) <AMPERSAND> { operator = EngineOperators.BIT_AND; level = Infix.Level.OTHER; }
    |   LOOKAHEAD(1) <VERTICAL_BAR> { operator = EngineOperators.BIT_OR; level = Infix.Level.OTHER; }
    |   LOOKAHEAD(1) <LEFTSHIFT> { operator = EngineOperators.SHIFT_LEFT; level = Infix.Level.OTHER; }
    |   LOOKAHEAD(1) <RIGHTSHIFT> { operator = EngineOperators.SHIFT_RIGHT; level = Infix.Level.OTHER; }
    |   LOOKAHEAD(1) <LAMBDA> { operator = EngineOperators.ARROW; level = Infix.Level.ARROW; }
    |   LOOKAHEAD(1) <JSON_TEXT_ARROW> { operator = EngineOperators.JSON_TEXT; level = Infix.Level.OTHER; }
    |   LOOKAHEAD(1) <HAS_ALL> { operator = EngineOperators.HAS_ALL; level = Infix.Level.OTHER; }
    |   LOOKAHEAD(1) <CONTAINED_IN> { operator = EngineOperators.CONTAINED_IN; level = Infix.Level.OTHER; }
    |   LOOKAHEAD(1) operator = KeyOperator() { level = Infix.Level.OTHER; }
    |   LOOKAHEAD(1) <HAS_ANY> { operator = EngineOperators.HAS_ANY; level = Infix.Level.OTHER; }
    |   LOOKAHEAD(1) <STARTS_WITH> { operator = EngineOperators.STARTS_WITH; level = Infix.Level.OTHER; }
    |   LOOKAHEAD(1) <DISTANCE> { operator = EngineOperators.DISTANCE; level = Infix.Level.OTHER; }
    |   LOOKAHEAD(1) <COSINE_DISTANCE> { operator = EngineOperators.COSINE_DISTANCE; level = Infix.Level.OTHER; }
    |   LOOKAHEAD(1) <TILDE> { operator = EngineOperators.REGEX; level = Infix.Level.OTHER; }
    |   LOOKAHEAD(1) <NOT_REGEX> { operator = EngineOperators.NOT_REGEX; level = Infix.Level.OTHER; }
    |   LOOKAHEAD(1) <REGEX_ANY_CASE> { operator = EngineOperators.REGEX_ANY_CASE; level = Infix.Level.OTHER; }
    |   LOOKAHEAD(1) <NOT_REGEX_ANY_CASE> { operator = EngineOperators.NOT_REGEX_ANY_CASE; level = Infix.Level.OTHER; }
    |   LOOKAHEAD(1) <LIKE_SYMBOL> { operator = EngineOperators.LIKE; level = Infix.Level.OTHER; }
    |   LOOKAHEAD(1) <NOT_LIKE_SYMBOL> { operator = EngineOperators.NOT_LIKE; level = Infix.Level.OTHER; }
    |   LOOKAHEAD(1) <ILIKE_SYMBOL> { operator = EngineOperators.ILIKE; level = Infix.Level.OTHER; }
    |   LOOKAHEAD(1) <NOT_ILIKE_SYMBOL> { operator = EngineOperators.NOT_ILIKE; level = Infix.Level.OTHER; }
    |   LOOKAHEAD(1) <GLOB_SYMBOL> { operator = EngineOperators.GLOB_SYMBOL; level = Infix.Level.OTHER; }
    |   LOOKAHEAD(1) <OVERLAPS> { operator = SqlStdOperatorTable.OVERLAPS; level = Infix.Level.OTHER; }
    |   LOOKAHEAD(1) <ESCAPE> { operator = SqlStdOperatorTable.ESCAPE; level = Infix.Level.ESCAPE; }
    )
    { infix.binary(operator, level, getPos()); }
}

/** json ? key, json ?| keys, json ?& keys; behind an operand, ? is no parameter. */
SqlOperator KeyOperator() :
{
}
{
    <HOOK>
    (
        LOOKAHEAD({ Ahead.adjacent(getToken(0), getToken(1)) && getToken(1).kind == VERTICAL_BAR })
        <VERTICAL_BAR> { return EngineOperators.HAS_ANY_KEY; }
    |
        LOOKAHEAD({ Ahead.adjacent(getToken(0), getToken(1)) && getToken(1).kind == AMPERSAND })
        <AMPERSAND> { return EngineOperators.HAS_ALL_KEYS; }
    |
        { return EngineOperators.HAS_KEY; }
    )
}

/** a DIV b, a MOD b, a [ NOT ] REGEXP b, a OPERATOR(schema.+) b */
void WordOperator(Infix infix) :
{
    boolean not = false;
    final Span s;
}
{
    { s = spanOfNext(); }
    (
        LOOKAHEAD({ atWord("OPERATOR") })
        QualifiedOperator(infix)
    |
        LOOKAHEAD({ atWord("DIV") })
        AnyWord() { infix.binary(EngineOperators.DIV, Infix.Level.MULTIPLY, getPos()); }
    |
        LOOKAHEAD({ atWord("MOD") })
        AnyWord() { infix.binary(EngineOperators.REMAINDER, Infix.Level.MULTIPLY, getPos()); }
    |
        [ LOOKAHEAD(1) <NOT> { not = true; } ]
        AnyWord() {
            infix.binary(not ? EngineOperators.NOT_REGEXP : EngineOperators.REGEXP, Infix.Level.MATCH, s.end(this));
        }
    )
}

/** OPERATOR(pg_catalog.+): written so, all bind alike. */
void QualifiedOperator(Infix infix) :
{
    final SqlIdentifier schema;
}
{
    AnyWord() <LPAREN>
    [
        LOOKAHEAD({ getToken(2).kind == DOT })
        schema = Label() <DOT> {
            if (!schema.getSimple().equalsIgnoreCase("pg_catalog")) {
                Unsupported.refuse(schema.getParserPosition(), "an operator of another schema than pg_catalog");
            }
        }
    ]
    { if (Ahead.word(getToken(1))) { throw Infix.unexpected(getToken(1)); } }
    InfixSymbol(infix)
    <RPAREN> { infix.bindAs(Infix.Level.OTHER); }
}

/** a::type */
void CastOperator(Infix infix) :
{
    final SqlParserPos pos;
    final SqlDataTypeSpec type;
}
{
    <INFIX_CAST> { pos = getPos(); }
    type = DataType() { infix.postfix(SqlLibraryOperators.INFIX_CAST, Infix.Level.CAST, pos, type); }
}

/** IS [ NOT ] { NULL | TRUE | FALSE | UNKNOWN | DISTINCT FROM operand | JSON ... } */
void IsOperator(Infix infix) :
{
    final Span s;
    boolean not = false;
    SqlOperator operator;
    String kind;
}
{
    <IS> { s = span(); }
    [ LOOKAHEAD(1) <NOT> { not = true; } ]
    (
        LOOKAHEAD(1) (
            LOOKAHEAD(1) <NULL> { operator = not ? SqlStdOperatorTable.IS_NOT_NULL : SqlStdOperatorTable.IS_NULL; }
        |   LOOKAHEAD(1) <TRUE> { operator = not ? SqlStdOperatorTable.IS_NOT_TRUE : SqlStdOperatorTable.IS_TRUE; }
        |   LOOKAHEAD(1) <FALSE> { operator = not ? SqlStdOperatorTable.IS_NOT_FALSE : SqlStdOperatorTable.IS_FALSE; }
        |   LOOKAHEAD(1) <UNKNOWN> { operator = not ? SqlStdOperatorTable.IS_NOT_UNKNOWN : SqlStdOperatorTable.IS_UNKNOWN; }
        )
        { infix.postfix(operator, Infix.Level.IS, s.end(this)); }
    |
        LOOKAHEAD(1) <JSON> kind = JsonKind() {
            infix.postfix(EngineOperators.isJson(not, kind), Infix.Level.IS, s.end(this));
        }
    |
        LOOKAHEAD(1) <DISTINCT> <FROM> {
            operator = not ? SqlStdOperatorTable.IS_NOT_DISTINCT_FROM : SqlStdOperatorTable.IS_DISTINCT_FROM;
            infix.binary(operator, Infix.Level.IS, s.end(this));
        }
        Term(infix, ExprContext.ACCEPT_SUB_QUERY)
    )
}

/** [ VALUE | ARRAY | OBJECT | SCALAR ] [ { WITH | WITHOUT } UNIQUE [ KEYS ] ] */
String JsonKind() :
{
    SqlIdentifier kind = null;
    boolean unique = false;
}
{
    [
        LOOKAHEAD({ atWord("VALUE") || atWord("ARRAY") || atWord("OBJECT") || atWord("SCALAR") })
        kind = AnyWord()
    ]
    [
        LOOKAHEAD({ (getToken(1).kind == WITH || getToken(1).kind == WITHOUT) && getToken(2).kind == UNIQUE })
        (
            LOOKAHEAD(1) <WITH> { Unsupported.refuse(getPos(), "IS JSON WITH UNIQUE KEYS"); }
        |
            LOOKAHEAD(1) <WITHOUT>
        )
        <UNIQUE> [ LOOKAHEAD({ atWord("KEYS") }) AnyWord() ]
    ]
    { return kind == null ? "VALUE" : kind.getSimple().toUpperCase(Locale.ROOT); }
}

/** [ NOT ] IN { ( query ) | ( expression, ... ) | list } */
void InOperator(Infix infix) :
{
    boolean not = false;
    final SqlParserPos pos;
    final SqlNodeList list;
    final SqlNode e;
}
{
    [ LOOKAHEAD(1) <NOT> { not = true; } ]
    <IN> { pos = getPos(); }
    (
        LOOKAHEAD(1) list = ParenthesizedQueryOrCommaList(ExprContext.ACCEPT_NONCURSOR) {
            infix.binary(not ? SqlStdOperatorTable.NOT_IN : SqlStdOperatorTable.IN, Infix.Level.MATCH, pos);
            infix.operand(Infix.queryOrList(list));
        }
    |
        LOOKAHEAD(1) e = Operand(ExprContext.ACCEPT_SUB_QUERY) {
            infix.binary(not ? EngineOperators.NOT_IN_LIST : EngineOperators.IN_LIST, Infix.Level.MATCH, pos);
            infix.operand(e);
        }
    )
}

/** [ NOT ] BETWEEN [ SYMMETRIC | ASYMMETRIC ]; AND comes as an operator. */
void BetweenOperator(Infix infix) :
{
    boolean not = false;
    boolean symmetric = false;
    final SqlParserPos pos;
}
{
    [ LOOKAHEAD(1) <NOT> { not = true; } ]
    <BETWEEN> { pos = getPos(); }
    [ LOOKAHEAD(1) <SYMMETRIC> { symmetric = true; } | LOOKAHEAD(1) <ASYMMETRIC> ]
    {
        infix.binary(
            symmetric
                ? (not ? SqlStdOperatorTable.SYMMETRIC_NOT_BETWEEN : SqlStdOperatorTable.SYMMETRIC_BETWEEN)
                : (not ? SqlStdOperatorTable.NOT_BETWEEN : SqlStdOperatorTable.BETWEEN),
            Infix.Level.MATCH, pos);
    }
    Term(infix, ExprContext.ACCEPT_SUB_QUERY)
}

/** [ NOT ] { LIKE | ILIKE | SIMILAR TO | GLOB }; ESCAPE comes as an operator. */
void MatchOperator(Infix infix) :
{
    boolean not = false;
    final SqlOperator operator;
}
{
    [ LOOKAHEAD(1) <NOT> { not = true; } ]
    (
        LOOKAHEAD(1) <LIKE> { operator = not ? SqlStdOperatorTable.NOT_LIKE : SqlStdOperatorTable.LIKE; }
    |   LOOKAHEAD(1) <ILIKE> { operator = not ? SqlLibraryOperators.NOT_ILIKE : SqlLibraryOperators.ILIKE; }
    |   LOOKAHEAD(1) <SIMILAR> <TO> { operator = not ? SqlStdOperatorTable.NOT_SIMILAR_TO : SqlStdOperatorTable.SIMILAR_TO; }
    |   LOOKAHEAD(1) <GLOB> { operator = not ? EngineOperators.NOT_GLOB : EngineOperators.GLOB; }
    )
    { infix.binary(operator, Infix.Level.MATCH, getPos()); }
    Term(infix, ExprContext.ACCEPT_SUB_QUERY)
}

/** AT { TIME ZONE zone | LOCAL } */
void AtTimeZone(Infix infix) :
{
    final Span s;
}
{
    <AT> { s = span(); }
    (
        LOOKAHEAD(1) <TIME> <ZONE> { infix.binary(EngineOperators.AT_TIME_ZONE, Infix.Level.AT, s.end(this)); }
        Term(infix, ExprContext.ACCEPT_SUB_QUERY)
    |
        LOOKAHEAD(1) <LOCAL> { Unsupported.refuse(s.end(this), "AT LOCAL"); }
    )
}

void CollateOperator(Infix infix) :
{
    final SqlParserPos pos;
    final SqlIdentifier collation;
}
{
    <COLLATE> { pos = getPos(); }
    collation = CompoundIdentifier() {
        infix.postfix(EngineOperators.COLLATE, Infix.Level.COLLATE, pos, collation);
    }
}

/** What operators stand between: anything with its fields, elements, slices and methods. */
SqlNode Operand(ExprContext exprContext) :
{
    SqlNode e;
}
{
    e = BareOperand(exprContext)
    (
        LOOKAHEAD({ getToken(1).kind == LBRACKET || (getToken(1).kind == DOT && Ahead.name(getToken(2))) })
        (
            LOOKAHEAD(1) <DOT> e = FieldOrMethod(e)
        |
            LOOKAHEAD(1) e = ElementOrSlice(e)
        )
    )*
    { return e; }
}

SqlNode FieldOrMethod(SqlNode base) :
{
    final SqlIdentifier name;
    final List<SqlNode> args;
    final Span s = Span.of(base);
}
{
    name = Label()
    (
        LOOKAHEAD({ getToken(1).kind == LPAREN })
        args = Arguments() {
            SqlLiteral quantifier = (SqlLiteral) args.remove(0);
            args.add(0, base);
            return createCall(name, s.end(this), SqlFunctionCategory.USER_DEFINED_FUNCTION, quantifier, args);
        }
    |
        { return EngineOperators.FIELD.createCall(s.end(this), base, name); }
    )
}

/** [index], [from : to], [from : to : step], all of them optional in a slice, and `-` for no end. */
SqlNode ElementOrSlice(SqlNode base) :
{
    final List<SqlNode> parts = new ArrayList<SqlNode>();
    final StringBuilder shape = new StringBuilder();
    final Span s = Span.of(base);
    SqlNode e;
}
{
    <LBRACKET> { parts.add(base); }
    [
        LOOKAHEAD({ getToken(1).kind != COLON && getToken(1).kind != RBRACKET })
        e = Expression(ExprContext.ACCEPT_SUB_QUERY) { parts.add(e); shape.append('1'); }
    ]
    (
        LOOKAHEAD(1) <COLON> { shape.append(':'); }
        [
            LOOKAHEAD({ getToken(1).kind == MINUS && getToken(2).kind == COLON })
            <MINUS> { shape.append('-'); }
        |
            LOOKAHEAD({ getToken(1).kind != COLON && getToken(1).kind != RBRACKET })
            e = Expression(ExprContext.ACCEPT_SUB_QUERY) { parts.add(e); shape.append('1'); }
        ]
    )*
    <RBRACKET> {
        if (shape.length() == 0) {
            throw Infix.syntaxError("]", getPos());
        }
        return EngineOperators.subscript(s.end(this), parts, shape.toString());
    }
}

SqlNode BareOperand(ExprContext exprContext) :
{
    final SqlNode e;
}
{
    LOOKAHEAD(1) e = ParenthesizedOperand(exprContext) { return e; }
|
    { requireNoQuery(exprContext); }
    e = Atom() { return e; }
}

/** ( query ), ( expression ), ( expression, ... ) */
SqlNode ParenthesizedOperand(ExprContext exprContext) :
{
    final SqlNodeList list;
}
{
    list = ParenthesizedQueryOrCommaList(exprContext) {
        return list.size() == 1
            ? list.get(0)
            : SqlStdOperatorTable.ROW.createCall(list.getParserPosition(), list.getList());
    }
}

SqlNode Atom() :
{
    final SqlNode e;
}
{
    (
        LOOKAHEAD(1) e = UnsignedNumericLiteral()
    |
        LOOKAHEAD(1) e = StringLiteral()
    |
        LOOKAHEAD(1) <TRUE> { e = SqlLiteral.createBoolean(true, getPos()); }
    |
        LOOKAHEAD(1) <FALSE> { e = SqlLiteral.createBoolean(false, getPos()); }
    |
        LOOKAHEAD(1) <NULL> { e = SqlLiteral.createNull(getPos()); }
    |
        LOOKAHEAD(1) e = DynamicParam()
    |
        LOOKAHEAD(1) <POSITIONAL> { e = EngineOperators.positional(token.image, getPos()); }
    |
        LOOKAHEAD(1) e = ListOperand()
    |
        LOOKAHEAD({ Ahead.jdbcEscape(getToken(1), getToken(2), getToken(3)) })
        e = JdbcEscape()
    |
        LOOKAHEAD(1) e = StructOperand()
    |
        LOOKAHEAD(1) e = CaseExpression()
    |
        LOOKAHEAD(1) e = ArrayConstructor()
    |
        LOOKAHEAD({ getToken(1).kind == EXISTS && getToken(2).kind == LPAREN })
        e = ExistsOperand()
    |
        LOOKAHEAD({ getToken(1).kind == ISNULL && getToken(2).kind == LPAREN })
        e = IsNullFunction()
    |
        LOOKAHEAD({ insertedValues && getToken(1).kind == VALUES })
        e = InsertedValue()
    |
        LOOKAHEAD({ atInterval() })
        e = IntervalOperand()
    |
        LOOKAHEAD({ atTypedLiteral() })
        e = TypedLiteral()
    |
        LOOKAHEAD({ Ahead.lambda(getToken(1), getToken(2), getToken(3)) })
        e = LambdaOperand()
    |
        LOOKAHEAD({ getToken(1).kind == MAP && (getToken(2).kind == LBRACE || getToken(2).kind == LBRACKET) })
        e = MapOperand()
    |
        LOOKAHEAD({ getToken(1).kind == ROW && getToken(2).kind == LPAREN })
        e = RowOperand()
    |
        LOOKAHEAD({ (atWord("NEXT") || atWord("CURRENT")) && getToken(2).kind == VALUE && getToken(3).kind == FOR })
        e = SequenceExpression()
    |
        LOOKAHEAD({ atColumns() })
        e = ColumnsExpression()
    |
        LOOKAHEAD({ getToken(2).kind == LPAREN && Ahead.specialFunction(getToken(1)) })
        e = SpecialFunction()
    |
        LOOKAHEAD({ atFunction() })
        e = FunctionOperand()
    |
        LOOKAHEAD(1) e = NamePath()
    )
    { return e; }
}

/** name . name ... [ . * ]; behind a dot any word is a name. */
SqlIdentifier NamePath() :
{
    final List<String> names = new ArrayList<String>();
    final List<SqlParserPos> positions = new ArrayList<SqlParserPos>();
    SqlIdentifier part;
    boolean star = false;
}
{
    AddIdentifierSegment(names, positions)
    (
        LOOKAHEAD({ getToken(1).kind == DOT && Ahead.name(getToken(2)) })
        <DOT> part = Label() {
            names.add(part.getSimple());
            positions.add(part.getParserPosition());
        }
    )*
    [
        LOOKAHEAD({ getToken(1).kind == DOT && getToken(2).kind == STAR })
        <DOT> <STAR> {
            star = true;
            names.add("");
            positions.add(getPos());
        }
    ]
    {
        SqlParserPos pos = SqlParserPos.sum(positions);
        return star ? SqlIdentifier.star(names, pos, positions) : new SqlIdentifier(names, null, pos, positions);
    }
}

/** A name where no word is taken for a keyword: behind AS, behind a dot. */
SqlIdentifier Label() :
{
    final SqlIdentifier id;
}
{
    LOOKAHEAD(1) id = AnyWord() { return id; }
|
    LOOKAHEAD(1) id = SimpleIdentifier() { return id; }
}

/** Any word. */
SqlIdentifier AnyWord() :
{
}
{
    (
        LOOKAHEAD(1) <IDENTIFIER>
    |
        LOOKAHEAD(1) NonReservedKeyWord()
    |
        LOOKAHEAD(1) ReservedWord()
    )
    { return new SqlIdentifier(token.image, getPos()); }
}

void ReservedWord() :
{
}
{
    (
<#assign free = default.parser.nonReservedKeywords + parser.nonReservedKeywordsToAdd>
<#assign taken = parser.nonReservedKeywordsToRemove>
<#assign separator = "">
<#list grammar?matches("[<] ([A-Z0-9_]+): \"[A-Z0-9_]+\" [>]") as word>
<#if !free?seq_contains(word?groups[1]) || taken?seq_contains(word?groups[1])>
        ${separator} <${word?groups[1]}><#assign separator = "|">
</#if>
</#list>
<#list parser.keywords as word>
<#if !free?seq_contains(word) || taken?seq_contains(word)>
        | <${word}>
</#if>
</#list>
    )
}

/** [ a, b, ... ], [ expression FOR name IN list [ IF condition ] ] */
SqlNode ListOperand() :
{
    final Span s;
    final List<SqlNode> elements = new ArrayList<SqlNode>();
    SqlNode e;
}
{
    <LBRACKET> { s = span(); }
    [
        LOOKAHEAD({ getToken(1).kind != RBRACKET })
        e = Expression(ExprContext.ACCEPT_SUB_QUERY) { elements.add(e); }
        (
            LOOKAHEAD(1) e = ListComprehension(s, e) { return e; }
        |
            LOOKAHEAD(1) (
                LOOKAHEAD(1) <COMMA>
                [
                    LOOKAHEAD({ getToken(1).kind != RBRACKET })
                    e = Expression(ExprContext.ACCEPT_SUB_QUERY) { elements.add(e); }
                ]
            )*
        )
    ]
    <RBRACKET> { return EngineOperators.LIST.createCall(s.end(this), elements); }
}

SqlNode ListComprehension(Span s, SqlNode result) :
{
    final List<SqlNode> names = new ArrayList<SqlNode>();
    final List<SqlNode> parts = new ArrayList<SqlNode>();
    SqlNode e;
}
{
    <FOR>
    AddSimpleIdentifiers(names)
    <IN> e = Expression(ExprContext.ACCEPT_SUB_QUERY) {
        parts.add(result);
        parts.add(new SqlNodeList(names, SqlParserPos.sum(names)));
        parts.add(e);
    }
    [ LOOKAHEAD(1) <IF> e = Expression(ExprContext.ACCEPT_SUB_QUERY) { parts.add(e); } ]
    <RBRACKET> { return EngineOperators.COMPREHENSION.createCall(s.end(this), parts); }
}

/** { name : value, ... } */
SqlNode StructOperand() :
{
    final Span s;
    final List<SqlNode> parts = new ArrayList<SqlNode>();
}
{
    <LBRACE> { s = span(); }
    [
        LOOKAHEAD(1) StructField(parts)
        ( LOOKAHEAD(1) <COMMA> [ LOOKAHEAD(1) StructField(parts) ] )*
    ]
    <RBRACE> { return EngineOperators.STRUCT.createCall(s.end(this), parts); }
}

void StructField(List<SqlNode> parts) :
{
    final SqlIdentifier name;
    final SqlNode value;
}
{
    (
        LOOKAHEAD(1) <QUOTED_STRING> { name = new SqlIdentifier(SqlParserUtil.parseString(token.image), getPos()); }
    |
        LOOKAHEAD({ Ahead.name(getToken(1)) })
        name = Label()
    )
    <COLON> value = Expression(ExprContext.ACCEPT_SUB_QUERY) {
        parts.add(name);
        parts.add(value);
    }
}

/** MAP { key : value, ... }, MAP [ key, value, ... ] */
SqlNode MapOperand() :
{
    final Span s;
    final List<SqlNode> parts = new ArrayList<SqlNode>();
}
{
    <MAP> { s = span(); }
    (
        LOOKAHEAD(1) <LBRACE> [ LOOKAHEAD(1) MapEntry(parts) ( LOOKAHEAD(1) <COMMA> [ LOOKAHEAD(1) MapEntry(parts) ] )* ] <RBRACE>
    |
        LOOKAHEAD(1) <LBRACKET>
        [
            LOOKAHEAD({ getToken(1).kind != RBRACKET })
            AddExpression(parts, ExprContext.ACCEPT_SUB_QUERY)
            ( LOOKAHEAD(1) <COMMA> AddExpression(parts, ExprContext.ACCEPT_SUB_QUERY) )*
        ]
        <RBRACKET>
    )
    {
        if (parts.size() % 2 != 0) {
            throw Infix.syntaxError(token.image, getPos());
        }
        return EngineOperators.MAP.createCall(s.end(this), parts);
    }
}

void MapEntry(List<SqlNode> parts) :
{
}
{
    AddExpression(parts, ExprContext.ACCEPT_SUB_QUERY)
    <COLON>
    AddExpression(parts, ExprContext.ACCEPT_SUB_QUERY)
}

SqlNode RowOperand() :
{
    final Span s;
    final List<SqlNode> parts = new ArrayList<SqlNode>();
}
{
    <ROW> { s = span(); }
    <LPAREN>
    [
        LOOKAHEAD({ getToken(1).kind != RPAREN })
        AddExpression(parts, ExprContext.ACCEPT_SUB_QUERY)
        ( LOOKAHEAD(1) <COMMA> AddExpression(parts, ExprContext.ACCEPT_SUB_QUERY) )*
    ]
    <RPAREN> { return SqlStdOperatorTable.ROW.createCall(s.end(this), parts); }
}

/** ISNULL(a), ISNULL(a, b) */
SqlNode IsNullFunction() :
{
    final Span s;
    final SqlIdentifier name;
    final List<SqlNode> args;
}
{
    <ISNULL> { s = span(); name = new SqlIdentifier(token.image, getPos()); }
    args = Arguments() {
        SqlLiteral quantifier = (SqlLiteral) args.remove(0);
        return createCall(name, s.end(this), SqlFunctionCategory.USER_DEFINED_FUNCTION, quantifier, args);
    }
}

/** VALUES(column), behind ON DUPLICATE KEY UPDATE. */
SqlNode InsertedValue() :
{
    final Span s;
    final SqlIdentifier column;
}
{
    <VALUES> { s = span(); } <LPAREN> column = SimpleIdentifier() <RPAREN> {
        return OnConflict.inserted(column, s.end(this));
    }
}

SqlNode ExistsOperand() :
{
    final Span s;
    final SqlNodeList query;
}
{
    <EXISTS> { s = span(); }
    query = ParenthesizedQueryOrCommaList(ExprContext.ACCEPT_QUERY) {
        return SqlStdOperatorTable.EXISTS.createCall(s.end(this), query.get(0));
    }
}

/** LAMBDA name, ... : expression */
SqlNode LambdaOperand() :
{
    final Span s;
    final List<SqlNode> names = new ArrayList<SqlNode>();
    final SqlNode body;
}
{
    <IDENTIFIER> { s = span(); }
    AddSimpleIdentifiers(names)
    <COLON> body = Expression(ExprContext.ACCEPT_SUB_QUERY) {
        return EngineOperators.LAMBDA.createCall(
            s.end(this), new SqlNodeList(names, SqlParserPos.sum(names)), body);
    }
}

/** type 'text', for any type. */
SqlNode TypedLiteral() :
{
    final SqlDataTypeSpec type;
    final SqlNode text;
}
{
    type = DataType()
    text = StringLiteral() { return EngineOperators.typedLiteral(type, (SqlLiteral) text); }
}

/**
 * INTERVAL [ sign ] 'text' [ unit [ TO unit ] ], INTERVAL { number | parameter | name | ( expression ) } unit
 */
SqlNode IntervalOperand() :
{
    final Span s;
    boolean negative = false;
    SqlNode value;
    String unit = null;
    String to = null;
}
{
    <INTERVAL> { s = span(); }
    [ LOOKAHEAD(1) <MINUS> { negative = true; } | LOOKAHEAD(1) <PLUS> ]
    (
        LOOKAHEAD(1) value = StringLiteral()
        [
            LOOKAHEAD({ Ahead.intervalUnit(getToken(1)) })
            unit = IntervalUnit()
            [
                LOOKAHEAD({ getToken(1).kind == TO && Ahead.intervalUnit(getToken(2)) })
                <TO> to = IntervalUnit()
            ]
        ]
    |
        LOOKAHEAD(1) (
            LOOKAHEAD(1) value = UnsignedNumericLiteral()
        |
            LOOKAHEAD(1) value = DynamicParam()
        |
            LOOKAHEAD(1) <LPAREN> value = Expression(ExprContext.ACCEPT_SUB_QUERY) <RPAREN>
        |
            LOOKAHEAD(1) value = NamePath()
        )
        [ LOOKAHEAD({ Ahead.intervalUnit(getToken(1)) }) unit = IntervalUnit() ]
    )
    { return EngineOperators.interval(s.end(this), negative, value, unit, to); }
}

/** A unit of time in the engine's words, singular; the precision behind it says nothing to the engine. */
String IntervalUnit() :
{
    final SqlIdentifier name;
}
{
    name = AnyWord()
    [
        LOOKAHEAD({ getToken(1).kind == LPAREN && getToken(2).kind == UNSIGNED_INTEGER_LITERAL })
        <LPAREN> UnsignedIntLiteral() [ LOOKAHEAD(1) <COMMA> UnsignedIntLiteral() ] <RPAREN>
    ]
    { return Ahead.singular(name.getSimple()); }
}

/** {d '...'}, {t '...'}, {ts '...'}, {fn name(...)} */
SqlNode JdbcEscape() :
{
    final Span s;
    final SqlIdentifier word;
    final String text;
    SqlIdentifier name;
    SqlCall call;
    List<SqlNode> args = new ArrayList<SqlNode>();
    SqlDataTypeSpec type;
}
{
    <LBRACE> { s = span(); }
    word = AnyWord()
    (
        LOOKAHEAD(1) text = SimpleStringLiteral() <RBRACE> {
            return SqlLiteral.createUnknown(EngineOperators.jdbcLiteral(word.getSimple()), text, s.end(this));
        }
    |
        LOOKAHEAD(1) (
            LOOKAHEAD({ getToken(1).kind == TIMESTAMPADD })
            call = TimestampAddFunctionCall() { name = new SqlIdentifier("TIMESTAMPADD", getPos()); args.addAll(call.getOperandList()); }
        |
            LOOKAHEAD({ getToken(1).kind == TIMESTAMPDIFF })
            call = TimestampDiffFunctionCall() { name = new SqlIdentifier("TIMESTAMPDIFF", getPos()); args.addAll(call.getOperandList()); }
        |
            LOOKAHEAD({ getToken(1).kind == EXTRACT })
            call = ExtractFunction() <RBRACE> { return call; }
        |
            LOOKAHEAD({ getToken(1).kind == CONVERT })
            <CONVERT> <LPAREN> AddExpression(args, ExprContext.ACCEPT_SUB_QUERY) <COMMA> type = JdbcType() <RPAREN> <RBRACE> {
                return SqlStdOperatorTable.CAST.createCall(s.end(this), args.get(0), type);
            }
        |
            LOOKAHEAD({ Ahead.name(getToken(1)) })
            name = Label()
            [ LOOKAHEAD(1) args = Arguments() { args.remove(0); } ]
        )
        <RBRACE> { return new SqlJdbcFunctionCall(name.getSimple()).createCall(s.end(this), args); }
    )
}

/** SQL_INTEGER or a type of the engine. */
SqlDataTypeSpec JdbcType() :
{
    final SqlIdentifier name;
    final SqlDataTypeSpec type;
}
{
    LOOKAHEAD({ getToken(1).image.regionMatches(true, 0, "SQL_", 0, 4) })
    name = AnyWord() { return EngineOperators.jdbcType(name); }
|
    LOOKAHEAD(1) type = DataType() { return type; }
}

/** name ( arguments ) and what may follow the call of an aggregate. */
SqlNode FunctionOperand() :
{
    SqlCall call;
}
{
    call = FunctionByName()
    call = AggregateSuffix(call)
    { return call; }
}

SqlCall FunctionByName() :
{
    final List<String> names = new ArrayList<String>();
    final List<SqlParserPos> positions = new ArrayList<SqlParserPos>();
    SqlIdentifier part;
    final List<SqlNode> args;
    final Span s;
}
{
    part = Label() { names.add(part.getSimple()); positions.add(part.getParserPosition()); s = Span.of(part); }
    (
        LOOKAHEAD(1) <DOT> part = Label() { names.add(part.getSimple()); positions.add(part.getParserPosition()); }
    )*
    args = Arguments() {
        SqlIdentifier name = new SqlIdentifier(names, null, SqlParserPos.sum(positions), positions);
        SqlLiteral quantifier = (SqlLiteral) args.remove(0);
        return createCall(name, s.end(this), SqlFunctionCategory.USER_DEFINED_FUNCTION, quantifier, args);
    }
}

/** Behind DISTINCT or ALL, or null in its place, the arguments of a function. */
List<SqlNode> Arguments() :
{
    final List<SqlNode> args;
}
{
    LOOKAHEAD({ getToken(1).kind == LPAREN && getToken(2).kind == RPAREN })
    <LPAREN> <RPAREN> {
        args = new ArrayList<SqlNode>();
        args.add(null);
        return args;
    }
|
    LOOKAHEAD({ getToken(1).kind == LPAREN && getToken(2).kind == STAR && getToken(3).kind == RPAREN })
    <LPAREN> <STAR> {
        args = new ArrayList<SqlNode>();
        args.add(null);
        args.add(SqlIdentifier.star(getPos()));
    }
    <RPAREN> { return args; }
|
    LOOKAHEAD(1) args = FunctionParameterList(ExprContext.ACCEPT_SUB_QUERY) { return args; }
}

/** [ { IGNORE | RESPECT } NULLS ] [ WITHIN GROUP ( ORDER BY ... ) ] [ FILTER ( [ WHERE ] condition ) ] [ OVER ... ] */
SqlCall AggregateSuffix(SqlCall function) :
{
    SqlCall call = function;
    Span s;
    final SqlNode e;
}
{
    [
        LOOKAHEAD({ getToken(2).kind == NULLS && (getToken(1).kind == IGNORE || getToken(1).kind == RESPECT) })
        call = nullTreatment(call)
    ]
    [
        LOOKAHEAD({ getToken(1).kind == WITHIN && getToken(2).kind == GROUP })
        call = withinGroup(call)
    ]
    [
        LOOKAHEAD({ getToken(1).kind == FILTER && getToken(2).kind == LPAREN })
        <FILTER> { s = span(); }
        <LPAREN> [ LOOKAHEAD(1) <WHERE> ] e = Expression(ExprContext.ACCEPT_SUB_QUERY) <RPAREN> {
            call = SqlStdOperatorTable.FILTER.createCall(s.end(this), call, e);
        }
    ]
    [
        LOOKAHEAD({ getToken(1).kind == OVER && (getToken(2).kind == LPAREN || Ahead.name(getToken(2))) })
        call = OverClause(call)
    ]
    { return call; }
}

SqlCall OverClause(SqlCall function) :
{
    final Span s;
    final SqlNode window;
}
{
    <OVER> { s = span(); }
    ( LOOKAHEAD(1) window = SimpleIdentifier() | LOOKAHEAD(1) window = WindowSpecification() )
    { return SqlStdOperatorTable.OVER.createCall(s.end(window), function, window); }
}

void AddArg0(List<SqlNode> list, ExprContext exprContext) :
{
}
{
    AddArg(list, exprContext == ExprContext.ACCEPT_CURSOR ? ExprContext.ACCEPT_ALL : ExprContext.ACCEPT_NONCURSOR)
}

/** [ name { => | := } ] { expression | query | * } */
void AddArg(List<SqlNode> list, ExprContext exprContext) :
{
    SqlIdentifier name = null;
    SqlNode e;
}
{
    [
        LOOKAHEAD({ getToken(2).kind == NAMED_ARGUMENT_ASSIGNMENT && Ahead.name(getToken(1)) })
        name = Label() <NAMED_ARGUMENT_ASSIGNMENT>
    ]
    (
        LOOKAHEAD({ getToken(1).kind == STAR })
        e = SelectedExpression()
    |
        LOOKAHEAD({ atQuery() && getToken(1).kind != LPAREN })
        e = OrderedQueryOrExpr(ExprContext.ACCEPT_NONCURSOR)
    |
        LOOKAHEAD({ getToken(1).kind == DEFAULT_ && getToken(2).kind != DOT })
        e = Default()
    |
        LOOKAHEAD(1) e = Expression(exprContext)
    )
    {
        list.add(name == null
            ? e
            : SqlStdOperatorTable.ARGUMENT_ASSIGNMENT.createCall(Span.of(name, e).pos(), e, name));
    }
}

/** [ ORDER BY item, ... ] [ SEPARATOR 'text' ] [ { IGNORE | RESPECT } NULLS ] behind the arguments, still in parentheses. */
void AddArgumentSuffix(List<SqlNode> list) :
{
    final SqlNodeList order;
    final SqlNode separator;
    final SqlParserPos pos;
}
{
    [ LOOKAHEAD(1) order = OrderBy(true) { list.add(order); } ]
    [
        LOOKAHEAD(1) <SEPARATOR> { pos = getPos(); }
        separator = StringLiteral() { list.add(SqlInternalOperators.SEPARATOR.createCall(pos, separator)); }
    ]
    [
        LOOKAHEAD(1) <IGNORE> <NULLS> { list.add(EngineOperators.IGNORE_NULLS.createCall(getPos())); }
    |
        LOOKAHEAD(1) <RESPECT> <NULLS> { list.add(EngineOperators.RESPECT_NULLS.createCall(getPos())); }
    ]
}

/** Functions with a syntax of their own. */
SqlNode SpecialFunction() :
{
    final Span s;
    final SqlNode e;
    SqlCall call;
}
{
    (
        LOOKAHEAD(1) e = CastFunction()
    |
        LOOKAHEAD(1) e = ConvertFunction()
    |
        LOOKAHEAD(1) e = ExtractFunction()
    |
        LOOKAHEAD(1) e = PositionFunction()
    |
        LOOKAHEAD(1) e = OverlayFunction()
    |
        LOOKAHEAD(1) e = SubstringFunction()
    |
        LOOKAHEAD(1) e = TrimFunction()
    |
        LOOKAHEAD(1) <FLOOR> { s = span(); } e = StandardFloorCeilOptions(s, true)
    |
        LOOKAHEAD(1) ( LOOKAHEAD(1) <CEIL> | LOOKAHEAD(1) <CEILING> ) { s = span(); } e = StandardFloorCeilOptions(s, false)
    |
        LOOKAHEAD(1) e = TimestampAddFunctionCall()
    |
        LOOKAHEAD(1) e = TimestampDiffFunctionCall()
    |
        LOOKAHEAD(1) e = JsonExistsFunctionCall()
    |
        LOOKAHEAD(1) e = JsonValueFunctionCall()
    |
        LOOKAHEAD(1) e = JsonQueryFunctionCall()
    |
        LOOKAHEAD(1) e = JsonObjectFunctionCall()
    |
        LOOKAHEAD(1) call = JsonObjectAggFunctionCall() e = AggregateSuffix(call)
    |
        LOOKAHEAD(1) e = JsonArrayFunctionCall()
    |
        LOOKAHEAD(1) call = JsonArrayAggFunctionCall() e = AggregateSuffix(call)
    )
    { return e; }
}

SqlCall CastFunction() :
{
    final Span s;
    final SqlFunction function;
    final List<SqlNode> args = new ArrayList<SqlNode>();
    final SqlDataTypeSpec type;
}
{
    (
        LOOKAHEAD(1) <CAST> { function = SqlStdOperatorTable.CAST; }
    |
        LOOKAHEAD(1) <SAFE_CAST> { function = SqlLibraryOperators.SAFE_CAST; }
    |
        LOOKAHEAD(1) <TRY_CAST> { function = SqlLibraryOperators.TRY_CAST; }
    )
    { s = span(); }
    <LPAREN> AddExpression(args, ExprContext.ACCEPT_SUB_QUERY) <AS> type = DataType() <RPAREN> {
        args.add(type);
        return function.createCall(s.end(this), args);
    }
}

/** CONVERT ( value, type ) */
SqlCall ConvertFunction() :
{
    final Span s;
    final List<SqlNode> args = new ArrayList<SqlNode>();
    final SqlDataTypeSpec type;
}
{
    <CONVERT> { s = span(); }
    <LPAREN> AddExpression(args, ExprContext.ACCEPT_SUB_QUERY) <COMMA> type = DataType() <RPAREN> {
        args.add(type);
        return SqlStdOperatorTable.CAST.createCall(s.end(this), args);
    }
}

/** EXTRACT ( { unit | 'unit' } FROM e ) */
SqlCall ExtractFunction() :
{
    final Span s;
    final SqlNode unit;
    final SqlNode e;
    final SqlIdentifier name;
    final String text;
}
{
    <EXTRACT> { s = span(); }
    <LPAREN>
    (
        LOOKAHEAD({ Ahead.name(getToken(1)) })
        name = Label() { unit = EngineOperators.timeUnit(name.getSimple(), getPos()); }
    |
        LOOKAHEAD(1) text = SimpleStringLiteral() { unit = EngineOperators.timeUnit(text, getPos()); }
    )
    <FROM> e = Expression(ExprContext.ACCEPT_SUB_QUERY) <RPAREN> {
        return SqlStdOperatorTable.EXTRACT.createCall(s.end(this), unit, e);
    }
}

/** POSITION ( a IN b ), position(b, a) */
SqlCall PositionFunction() :
{
    final Span s;
    final List<SqlNode> args = new ArrayList<SqlNode>();
    SqlNode e;
}
{
    <POSITION> { s = span(); }
    <LPAREN> e = ExpressionBefore(IN) { args.add(e); }
    (
        LOOKAHEAD(1) <IN> AddExpression(args, ExprContext.ACCEPT_SUB_QUERY)
        [ LOOKAHEAD(1) <FROM> AddExpression(args, ExprContext.ACCEPT_SUB_QUERY) ]
    |
        LOOKAHEAD(1) <COMMA> e = Expression(ExprContext.ACCEPT_SUB_QUERY) { args.add(0, e); }
    )
    <RPAREN> { return SqlStdOperatorTable.POSITION.createCall(s.end(this), args); }
}

/** OVERLAY ( a PLACING b FROM n [ FOR m ] ), overlay(a, b, n, m) */
SqlCall OverlayFunction() :
{
    final Span s;
    final List<SqlNode> args = new ArrayList<SqlNode>();
}
{
    <OVERLAY> { s = span(); }
    <LPAREN> AddExpression(args, ExprContext.ACCEPT_SUB_QUERY)
    ( LOOKAHEAD(1) <PLACING> | LOOKAHEAD(1) <COMMA> ) AddExpression(args, ExprContext.ACCEPT_SUB_QUERY)
    ( LOOKAHEAD(1) <FROM> | LOOKAHEAD(1) <COMMA> ) AddExpression(args, ExprContext.ACCEPT_SUB_QUERY)
    [ LOOKAHEAD(1) ( LOOKAHEAD(1) <FOR> | LOOKAHEAD(1) <COMMA> ) AddExpression(args, ExprContext.ACCEPT_SUB_QUERY) ]
    <RPAREN> { return SqlStdOperatorTable.OVERLAY.createCall(s.end(this), args); }
}

/** SUBSTRING ( a [ FROM n ] [ FOR m ] ), substring(a, n, m) */
SqlCall SubstringFunction() :
{
    final Span s;
    final List<SqlNode> args = new ArrayList<SqlNode>();
}
{
    <SUBSTRING> { s = span(); }
    <LPAREN> AddExpression(args, ExprContext.ACCEPT_SUB_QUERY)
    (
        LOOKAHEAD(1) ( LOOKAHEAD(1) <FROM> | LOOKAHEAD(1) <COMMA> ) AddExpression(args, ExprContext.ACCEPT_SUB_QUERY)
        [ LOOKAHEAD(1) ( LOOKAHEAD(1) <FOR> | LOOKAHEAD(1) <COMMA> ) AddExpression(args, ExprContext.ACCEPT_SUB_QUERY) ]
    |
        LOOKAHEAD(1) <FOR> { args.add(SqlLiteral.createExactNumeric("1", getPos())); }
        AddExpression(args, ExprContext.ACCEPT_SUB_QUERY)
    )
    <RPAREN> { return SqlStdOperatorTable.SUBSTRING.createCall(s.end(this), args); }
}

/** TRIM ( [ BOTH | LEADING | TRAILING ] [ characters ] [ FROM ] text ), trim(text, characters) */
SqlCall TrimFunction() :
{
    final Span s;
    SqlLiteral flag = null;
    SqlNode characters = null;
    SqlNode text;
}
{
    <TRIM> { s = span(); }
    <LPAREN>
    [
        LOOKAHEAD(1) <BOTH> { flag = SqlTrimFunction.Flag.BOTH.symbol(getPos()); }
    |
        LOOKAHEAD(1) <LEADING> { flag = SqlTrimFunction.Flag.LEADING.symbol(getPos()); }
    |
        LOOKAHEAD(1) <TRAILING> { flag = SqlTrimFunction.Flag.TRAILING.symbol(getPos()); }
    ]
    (
        LOOKAHEAD(1) <FROM> text = Expression(ExprContext.ACCEPT_SUB_QUERY)
    |
        LOOKAHEAD(1) text = Expression(ExprContext.ACCEPT_SUB_QUERY)
        [
            LOOKAHEAD(1) <FROM> { characters = text; }
            text = Expression(ExprContext.ACCEPT_SUB_QUERY)
        |
            LOOKAHEAD(1) <COMMA> characters = Expression(ExprContext.ACCEPT_SUB_QUERY)
        ]
    )
    <RPAREN> {
        List<SqlNode> args = new ArrayList<SqlNode>();
        args.add(flag == null ? SqlTrimFunction.Flag.BOTH.symbol(SqlParserPos.ZERO) : flag);
        args.add(characters);
        args.add(text);
        return SqlStdOperatorTable.TRIM.createCall(s.end(this), args);
    }
}

/** A number without sign, in any of the forms that have one value. */
SqlNumericLiteral UnsignedNumericLiteral() :
{
}
{
    LOOKAHEAD(1) ( LOOKAHEAD(1) <UNSIGNED_INTEGER_LITERAL> | LOOKAHEAD(1) <DECIMAL_NUMERIC_LITERAL> ) {
        return SqlLiteral.createExactNumeric(token.image.replace("_", ""), getPos());
    }
|
    LOOKAHEAD(1) <APPROX_NUMERIC_LITERAL> { return SqlLiteral.createApproxNumeric(token.image.replace("_", ""), getPos()); }
|
    LOOKAHEAD(1) <RADIX_LITERAL> { return SqlLiteral.createExactNumeric(Literals.integer(token.image), getPos()); }
}

/** A text or bytes; continued by texts on following lines. */
SqlNode StringLiteral() :
{
    final Span s;
    String text;
    char escape = Literals.BACKSLASH;
}
{
    LOOKAHEAD(1) <BINARY_STRING_LITERAL> { return Literals.binary(token.image, getPos()); }
|
    LOOKAHEAD(1) <DOLLAR_QUOTED_STRING> { return SqlLiteral.createCharString(Literals.dollarQuoted(token.image), getPos()); }
|
    LOOKAHEAD(1) <UNICODE_STRING_LITERAL> { s = span(); text = Literals.text(token.image); }
    [ LOOKAHEAD(1) <UESCAPE> <QUOTED_STRING> { escape = Literals.escape(token.image, getPos()); } ]
    { return SqlLiteral.createCharString(Literals.unicode(text, escape, s.end(this)), s.end(this)); }
|
    LOOKAHEAD(1) (
        LOOKAHEAD(1) <QUOTED_STRING> { text = Literals.text(token.image); }
    |
        LOOKAHEAD(1) <PREFIXED_STRING_LITERAL> { text = Literals.prefixed(token.image, getPos()); }
    |
        LOOKAHEAD(1) <C_STYLE_ESCAPED_STRING_LITERAL> { text = Literals.escaped(token.image, getPos()); }
    )
    { s = span(); }
    (
        LOOKAHEAD({ getToken(1).kind == QUOTED_STRING && getToken(1).beginLine > getToken(0).endLine })
        <QUOTED_STRING> { text += Literals.text(token.image); }
    )*
    { return SqlLiteral.createCharString(text, s.end(this)); }
}
