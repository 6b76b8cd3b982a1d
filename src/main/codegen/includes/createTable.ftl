/** TABLE [ IF NOT EXISTS ] name { ( column | constraint, ... ) | [ ( name, ... ) ] AS query } */
SqlNode CreateTableStatement(Span s, boolean replace) :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
    List<SqlNode> elements = new ArrayList<SqlNode>();
    SqlNode query = null;
}
{
    <TABLE> ifNotExists = IfNotExists() name = CompoundIdentifier()
    (
        <LPAREN> TableElement(elements) ( <COMMA> TableElement(elements) )* <RPAREN>
        [ <AS> query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY) ]
    |
        <AS> query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
    )
    { return new CreateTable(s.end(this), replace, ifNotExists, name, elements, query); }
}

void TableElement(List<SqlNode> elements) :
{
    final SqlNode element;
}
{
    (
        element = TableLevelConstraint()
    |
        element = ColumnElement()
    )
    { elements.add(element); }
}

/** name [ type [ constraint ... ] ] */
ColumnDefinition ColumnElement() :
{
    final SqlIdentifier name;
    SqlDataTypeSpec type = null;
    ColumnConstraint constraint;
    final List<ColumnConstraint> constraints = new ArrayList<ColumnConstraint>();
}
{
    name = SimpleIdentifier()
    [
        type = DataType()
        ( constraint = ColumnLevelConstraint() { constraints.add(constraint); } )*
    ]
    { return new ColumnDefinition(Span.of(name).end(this), name, type, constraints); }
}

ColumnConstraint ColumnLevelConstraint() :
{
    final Span s = Span.of();
    SqlIdentifier name = null;
    final SqlNode expression;
    final TableConstraint.Reference reference;
    boolean stored = false;
}
{
    [ <CONSTRAINT> name = SimpleIdentifier() ]
    (
        <NOT> <NULL> { return ColumnConstraint.notNull(s.end(this), name); }
    |
        <NULL> { return ColumnConstraint.nullable(s.end(this), name); }
    |
        <DEFAULT_> expression = Expression(ExprContext.ACCEPT_SUB_QUERY) {
            return ColumnConstraint.defaultValue(s.end(this), name, expression);
        }
    |
        <PRIMARY> <KEY> { return ColumnConstraint.primaryKey(s.end(this), name); }
    |
        <UNIQUE> { return ColumnConstraint.unique(s.end(this), name); }
    |
        <CHECK> <LPAREN> expression = Expression(ExprContext.ACCEPT_SUB_QUERY) <RPAREN> {
            return ColumnConstraint.check(s.end(this), name, expression);
        }
    |
        reference = ForeignReference() { return ColumnConstraint.references(s.end(this), name, reference); }
    )
}

TableConstraint TableLevelConstraint() :
{
    final Span s = Span.of();
    SqlIdentifier name = null;
    final SqlNodeList columns;
    final SqlNode condition;
    final TableConstraint.Reference reference;
}
{
    [ <CONSTRAINT> name = SimpleIdentifier() ]
    (
        <PRIMARY> <KEY> columns = ParenthesizedSimpleIdentifierList() {
            return TableConstraint.primaryKey(s.end(this), name, columns);
        }
    |
        <UNIQUE> columns = ParenthesizedSimpleIdentifierList() {
            return TableConstraint.unique(s.end(this), name, columns);
        }
    |
        <CHECK> <LPAREN> condition = Expression(ExprContext.ACCEPT_SUB_QUERY) <RPAREN> {
            return TableConstraint.check(s.end(this), name, condition);
        }
    |
        <FOREIGN> <KEY> columns = ParenthesizedSimpleIdentifierList() reference = ForeignReference() {
            return TableConstraint.foreignKey(s.end(this), name, columns, reference);
        }
    )
}

/** REFERENCES table [ ( column, ... ) ] [ ON DELETE action ] [ ON UPDATE action ] */
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
    (
        LOOKAHEAD(2)
        <ON> <DELETE> onDelete = ReferentialAction()
    |
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
