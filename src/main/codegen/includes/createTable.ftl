/**
 * TABLE [ IF NOT EXISTS ] name { ( column | constraint | LIKE table, ... ) | LIKE table
 * | [ ( name, ... ) ] AS query [ WITH [ NO ] DATA ] } [ ON COMMIT ... ] [ COMMENT [ = ] 'text' ]
 */
SqlNode CreateTableStatement(Span s, boolean replace, boolean temporary) :
{
    final CreateTable.Head head;
    final boolean ifNotExists;
    final SqlIdentifier name;
    final List<SqlNode> elements = new ArrayList<SqlNode>();
    final SqlNode create;
    SqlNode comment = null;
    SqlNode unsupported = null;
}
{
    <TABLE> ifNotExists = IfNotExists() name = CompoundIdentifier() {
        head = new CreateTable.Head(replace, temporary, ifNotExists, name);
    }
    (
        (
            <LPAREN> TableElement(elements) ( <COMMA> TableElement(elements) )* <RPAREN>
        |
            LikeElement(elements, true)
        )
        unsupported = StorageOptions()
        (
            create = AsQuery(s, head, elements)
        |
            [ comment = CommentText() ]
            { create = CreateTable.ofElements(s.end(this), head, elements, comment); }
        )
    |
        unsupported = StorageOptions() create = AsQuery(s, head, elements)
    )
    { return unsupported == null ? create : unsupported; }
}

/** AS query [ WITH [ NO ] DATA ] */
SqlNode AsQuery(Span s, CreateTable.Head head, List<SqlNode> columns) :
{
    final SqlNode query;
    boolean data = true;
}
{
    <AS> query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
    [ <WITH> [ <NO> { data = false; } ] <DATA> ]
    { return CreateTable.asQuery(s.end(this), head, columns, query, data); }
}

/** [ WITH ( name = value, ... ) ] [ ON COMMIT ... ]: null for what the engine does anyway. */
SqlNode StorageOptions() :
{
    SqlNode unsupported = null;
    final Span s = spanOfNext();
}
{
    [ <WITH> ExternalOptions() { unsupported = new Unsupported(s.end(this), "WITH (...) of CREATE TABLE"); } ]
    [
        <ON> <COMMIT>
        (
            <PRESERVE> <ROWS>
        |
            <DELETE> <ROWS> { unsupported = new Unsupported(s.end(this), "ON COMMIT DELETE ROWS"); }
        |
            <DROP> { unsupported = new Unsupported(s.end(this), "ON COMMIT DROP"); }
        )
    ]
    { return unsupported; }
}

/** COMMENT [ = ] 'text', as MySQL has it */
SqlNode CommentText() :
{
    final SqlNode text;
}
{
    <COMMENT> [ <EQ> ] text = StringLiteral() { return text; }
}

void TableElement(List<SqlNode> elements) :
{
    SqlNode element;
}
{
    LikeElement(elements, false)
|
    element = TableLevelConstraint() { elements.add(element); }
|
    element = ColumnElement() { elements.add(element); }
}

/** LIKE table [ { INCLUDING | EXCLUDING } what ] ...; with all of it where it stands alone, as in MySQL */
void LikeElement(List<SqlNode> elements, boolean all) :
{
    final Span s;
    final SqlIdentifier source;
    final List<LikeClause.Option> options = new ArrayList<LikeClause.Option>();
    boolean including;
    SqlIdentifier what;
}
{
    <LIKE> { s = span(); } source = CompoundIdentifier() {
        if (all) {
            options.add(new LikeClause.Option(true, new SqlIdentifier("ALL", getPos())));
        }
    }
    (
        ( <INCLUDING> { including = true; } | <EXCLUDING> { including = false; } )
        (
            <ALL> { what = new SqlIdentifier("ALL", getPos()); }
        |
            what = SimpleIdentifier()
        )
        { options.add(new LikeClause.Option(including, what)); }
    )*
    { elements.add(new LikeClause(s.end(this), source, options)); }
}

/** name [ type ] [ constraint ... ] */
ColumnDefinition ColumnElement() :
{
    final SqlIdentifier name;
    final ColumnDefinition column;
}
{
    name = SimpleIdentifier() column = ColumnElementOf(Span.of(name), name)
    { return column; }
}

/** What stands behind a column's name. */
ColumnDefinition ColumnElementOf(Span s, SqlIdentifier name) :
{
    SqlDataTypeSpec type = null;
    ColumnConstraint constraint;
    final List<ColumnConstraint> constraints = new ArrayList<ColumnConstraint>();
}
{
    [
        LOOKAHEAD({ atColumnType() })
        type = DataType()
    ]
    (
        constraint = ColumnLevelConstraint() { constraints.add(constraint); }
    )*
    { return new ColumnDefinition(s.end(this), name, type, constraints); }
}

ColumnConstraint ColumnLevelConstraint() :
{
    final Span s = spanOfNext();
    SqlIdentifier name = null;
    final SqlNode expression;
    final TableConstraint.Reference reference;
    final ColumnConstraint constraint;
}
{
    [ <CONSTRAINT> name = SimpleIdentifier() ]
    (
        <NOT> <NULL> { return ColumnConstraint.notNull(s.end(this), name); }
    |
        <NULL> { return ColumnConstraint.nullable(s.end(this), name); }
    |
        <DEFAULT_> expression = ExpressionBefore(NOT) {
            return ColumnConstraint.defaultValue(s.end(this), name, expression);
        }
    |
        <PRIMARY> <KEY> Deferral() { return ColumnConstraint.primaryKey(s.end(this), name); }
    |
        <UNIQUE> [ <KEY> ] NullsDistinct() Deferral() { return ColumnConstraint.unique(s.end(this), name); }
    |
        <CHECK> <LPAREN> expression = Expression(ExprContext.ACCEPT_SUB_QUERY) <RPAREN> {
            return ColumnConstraint.check(s.end(this), name, expression);
        }
    |
        reference = ForeignReference() Deferral() {
            return ColumnConstraint.references(s.end(this), name, reference);
        }
    |
        constraint = GeneratedConstraint() { return constraint; }
    |
        <COLLATE> expression = CompoundIdentifier() {
            return ColumnConstraint.collation(s.end(this), (SqlIdentifier) expression);
        }
    |
        expression = CommentText() { return ColumnConstraint.comment(s.end(this), expression); }
    |
        ( <AUTO_INCREMENT> | <AUTOINCREMENT> ) { return ColumnConstraint.identity(getPos(), false, new ArrayList<SqlNode>()); }
    )
}

/** GENERATED { ALWAYS | BY DEFAULT } AS IDENTITY ... | [ GENERATED ALWAYS ] AS ( expression ) ... */
ColumnConstraint GeneratedConstraint() :
{
    final Span s = spanOfNext();
    final ColumnConstraint constraint;
}
{
    (
        <GENERATED>
        (
            <ALWAYS> <AS> ( constraint = Identity(s, true) | constraint = GeneratedAs(s) )
        |
            <BY> <DEFAULT_> <AS> constraint = Identity(s, false)
        )
    |
        <AS> constraint = GeneratedAs(s)
    )
    { return constraint; }
}

ColumnConstraint Identity(Span s, boolean always) :
{
    final List<SqlNode> options = new ArrayList<SqlNode>();
}
{
    <IDENTITY> [ <LPAREN> SequenceOptions(options) <RPAREN> ]
    { return ColumnConstraint.identity(s.end(this), always, options); }
}

/** ( expression ) [ STORED | VIRTUAL ] */
ColumnConstraint GeneratedAs(Span s) :
{
    final SqlNode expression;
    boolean stored = false;
}
{
    <LPAREN> expression = Expression(ExprContext.ACCEPT_SUB_QUERY) <RPAREN>
    [ <STORED> { stored = true; } | <VIRTUAL> ]
    { return ColumnConstraint.generated(s.end(this), expression, stored); }
}

/** START [ WITH ] n, INCREMENT [ BY ] n, [ NO ] MINVALUE, [ NO ] MAXVALUE, [ NO ] CYCLE, CACHE n: words and numbers in turn. */
void SequenceOptions(List<SqlNode> options) :
{
}
{
    ( SequenceOption(options) )+
}

void SequenceOption(List<SqlNode> options) :
{
}
{
    <START> { options.add(new SqlIdentifier("START WITH", getPos())); } [ <WITH> ] SequenceNumber(options)
|
    <INCREMENT> { options.add(new SqlIdentifier("INCREMENT BY", getPos())); } [ <BY> ] SequenceNumber(options)
|
    <MINVALUE> { options.add(new SqlIdentifier("MINVALUE", getPos())); } SequenceNumber(options)
|
    <MAXVALUE> { options.add(new SqlIdentifier("MAXVALUE", getPos())); } SequenceNumber(options)
|
    <CYCLE> { options.add(new SqlIdentifier("CYCLE", getPos())); }
|
    <NO>
    (
        <MINVALUE> { options.add(new SqlIdentifier("NO MINVALUE", getPos())); }
    |
        <MAXVALUE> { options.add(new SqlIdentifier("NO MAXVALUE", getPos())); }
    |
        <CYCLE> { options.add(new SqlIdentifier("NO CYCLE", getPos())); }
    )
|
    // How many values a session fetches at a time: the engine needs no such advice.
    <CACHE> UnsignedIntLiteral()
}

void SequenceNumber(List<SqlNode> options) :
{
    boolean negative = false;
    final SqlNode number;
}
{
    [ <MINUS> { negative = true; } | <PLUS> ]
    number = UnsignedNumericLiteral()
    { options.add(negative ? SqlLiteral.createNegative((SqlNumericLiteral) number, getPos()) : number); }
}

TableConstraint TableLevelConstraint() :
{
    final Span s = spanOfNext();
    SqlIdentifier name = null;
    final SqlNodeList columns;
    final SqlNode condition;
    final TableConstraint.Reference reference;
}
{
    [ <CONSTRAINT> [ LOOKAHEAD({ !atOneOf(1, "PRIMARY", "UNIQUE", "CHECK", "FOREIGN") }) name = SimpleIdentifier() ] ]
    (
        <PRIMARY> <KEY> columns = ParenthesizedSimpleIdentifierList() Deferral() {
            return TableConstraint.primaryKey(s.end(this), name, columns);
        }
    |
        <UNIQUE> [ <KEY> ] NullsDistinct() columns = ParenthesizedSimpleIdentifierList() Deferral() {
            return TableConstraint.unique(s.end(this), name, columns);
        }
    |
        <CHECK> <LPAREN> condition = Expression(ExprContext.ACCEPT_SUB_QUERY) <RPAREN> {
            return TableConstraint.check(s.end(this), name, condition);
        }
    |
        <FOREIGN> <KEY> columns = ParenthesizedSimpleIdentifierList() reference = ForeignReference() Deferral() {
            return TableConstraint.foreignKey(s.end(this), name, columns, reference);
        }
    )
}

/** NULLS DISTINCT is what the engine does. */
void NullsDistinct() :
{
}
{
    [ <NULLS> [ <NOT> { Unsupported.refuse(getPos(), "UNIQUE NULLS NOT DISTINCT"); } ] <DISTINCT> ]
}

/** What every constraint of the engine is: NOT DEFERRABLE, INITIALLY IMMEDIATE. */
void Deferral() :
{
}
{
    [
        LOOKAHEAD(2)
        <NOT> <DEFERRABLE>
    |
        <DEFERRABLE> { Unsupported.refuse(getPos(), "DEFERRABLE"); }
    ]
    [
        <INITIALLY>
        ( <IMMEDIATE> | <DEFERRED> { Unsupported.refuse(getPos(), "INITIALLY DEFERRED"); } )
    ]
}

/** REFERENCES table [ ( column, ... ) ] [ MATCH SIMPLE ] [ ON DELETE action ] [ ON UPDATE action ] */
TableConstraint.Reference ForeignReference() :
{
    final SqlIdentifier table;
    SqlNodeList columns = null;
    String onDelete = null;
    String onUpdate = null;
}
{
    <REFERENCES> table = CompoundIdentifier()
    [ columns = ParenthesizedSimpleIdentifierList() ]
    [
        <MATCH>
        (
            <FULL> { Unsupported.refuse(getPos(), "MATCH FULL"); }
        |
            <PARTIAL> { Unsupported.refuse(getPos(), "MATCH PARTIAL"); }
        |
            <SIMPLE>
        )
    ]
    (
        LOOKAHEAD(2)
        <ON> <DELETE> onDelete = ReferentialAction()
    |
        LOOKAHEAD(2)
        <ON> <UPDATE> onUpdate = ReferentialAction()
    )*
    { return new TableConstraint.Reference(table, columns, onDelete, onUpdate); }
}

String ReferentialAction() :
{
}
{
    <CASCADE> { return "CASCADE"; }
|
    <RESTRICT> { return "RESTRICT"; }
|
    <NO> <ACTION> { return "NO ACTION"; }
|
    LOOKAHEAD(2)
    <SET> <NULL> { return "SET NULL"; }
|
    <SET> <DEFAULT_> { return "SET DEFAULT"; }
}
