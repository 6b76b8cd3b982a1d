/** ALTER TABLE [ IF EXISTS ] [ ONLY ] name action, ... */
SqlNode AlterTableStatement() :
{
    final Span s;
    final boolean ifExists;
    final SqlIdentifier name;
    final List<TableAction> actions = new ArrayList<TableAction>();
}
{
    <ALTER> { s = span(); } <TABLE> ifExists = IfExists() [ <ONLY> ] name = CompoundIdentifier()
    AlterTableAction(actions) ( <COMMA> AlterTableAction(actions) )*
    { return new AlterTable(s.end(this), ifExists, name, actions); }
}

void AlterTableAction(List<TableAction> actions) :
{
    final Span s = spanOfNext();
    boolean flag = false;
    final SqlIdentifier name;
    final SqlIdentifier other;
    final ColumnDefinition column;
    final TableConstraint constraint;
}
{
    <ADD>
    (
        LOOKAHEAD(2)
        constraint = TableLevelConstraint() { actions.add(new TableAction.AddConstraint(constraint)); }
    |
        [ <COLUMN> ] flag = IfNotExists() name = CompoundIdentifier() column = ColumnElementOf(s, name) {
            actions.add(new TableAction.AddColumn(flag, name, column));
        }
    )
|
    <DROP>
    (
        <CONSTRAINT> flag = IfExists() name = SimpleIdentifier() [ <CASCADE> | <RESTRICT> ] {
            actions.add(new TableAction.DropConstraint(flag, name));
        }
    |
        [ <COLUMN> ] flag = IfExists() name = CompoundIdentifier() {
            actions.add(new TableAction.DropColumn(flag, name, Cascade()));
        }
    )
|
    <RENAME>
    (
        <TO> name = CompoundIdentifier() { actions.add(new TableAction.RenameTable(name)); }
    |
        <CONSTRAINT> name = SimpleIdentifier() <TO> other = SimpleIdentifier() {
            Unsupported.refuse(s.end(this), "RENAME CONSTRAINT");
        }
    |
        [ <COLUMN> ] name = CompoundIdentifier() <TO> other = SimpleIdentifier() {
            actions.add(new TableAction.RenameColumn(name, other));
        }
    )
|
    <SET> <SCHEMA> name = CompoundIdentifier() { Unsupported.refuse(s.end(this), "SET SCHEMA"); }
|
    <ALTER> [ <COLUMN> ] name = SimpleIdentifier() AlterColumnAction(name, actions)
|
    <MODIFY> [ <COLUMN> ] name = SimpleIdentifier() column = ColumnElementOf(s, name) {
        actions.add(new TableAction.Modify(column));
    }
}

/** [ CASCADE | RESTRICT ] */
boolean Cascade() :
{
}
{
    <CASCADE> { return true; }
|
    [ <RESTRICT> ] { return false; }
}

void AlterColumnAction(SqlIdentifier column, List<TableAction> actions) :
{
    final Span s = spanOfNext();
    SqlNode expression = null;
    SqlIdentifier collation = null;
    final SqlDataTypeSpec type;
    final ColumnConstraint identity;
    boolean flag = false;
}
{
    LOOKAHEAD(2)
    <SET> <DEFAULT_> expression = Expression(ExprContext.ACCEPT_SUB_QUERY) {
        actions.add(new TableAction.SetDefault(column, expression));
    }
|
    LOOKAHEAD(2)
    <SET> <NOT> <NULL> { actions.add(new TableAction.SetNotNull(column, true)); }
|
    LOOKAHEAD(2)
    <SET> <GENERATED> ( <ALWAYS> { flag = true; } | <BY> <DEFAULT_> ) {
        actions.add(new TableAction.SetGenerated(column, flag));
    }
|
    LOOKAHEAD(2)
    <DROP> <DEFAULT_> { actions.add(new TableAction.SetDefault(column, null)); }
|
    LOOKAHEAD(2)
    <DROP> <NOT> <NULL> { actions.add(new TableAction.SetNotNull(column, false)); }
|
    <DROP> <IDENTITY> flag = IfExists() { actions.add(new TableAction.DropIdentity(column, flag)); }
|
    <ADD> identity = GeneratedConstraint() { actions.add(new TableAction.AddIdentity(column, identity)); }
|
    [ <SET> <DATA> ] <TYPE> type = DataType()
    [ <COLLATE> collation = CompoundIdentifier() ]
    [ <USING> expression = Expression(ExprContext.ACCEPT_SUB_QUERY) ]
    { actions.add(new TableAction.AlterType(s.end(this), column, type, collation, expression)); }
}
