/**
 * EXTERNAL TABLE [ IF NOT EXISTS ] name [ ( column type, ... ) ]
 * STORED AS format LOCATION 'where' [ OPTIONS ( name value, ... ) ] [ PARTITIONED BY ( column, ... ) ],
 * the clauses in any order.
 */
SqlNode CreateExternalTableStatement(Span s, boolean replace) :
{
    final boolean ifNotExists;
    final SqlIdentifier name;
    final List<SqlNode> columns = new ArrayList<SqlNode>();
    ColumnDefinition column;
    SqlIdentifier format = null;
    SqlNode location = null;
    SqlNodeList options = null;
    SqlNodeList partitions = null;
}
{
    <EXTERNAL> <TABLE> ifNotExists = IfNotExists() name = CompoundIdentifier()
    [
        <LPAREN> column = ColumnElement() { columns.add(column); }
        ( <COMMA> column = ColumnElement() { columns.add(column); } )*
        <RPAREN>
    ]
    (
        <STORED> <AS> format = SimpleIdentifier()
    |
        <LOCATION> location = StringLiteral()
    |
        <OPTIONS> options = ExternalOptions()
    |
        <PARTITIONED> <BY> partitions = ParenthesizedSimpleIdentifierList()
    )+
    {
        return new CreateExternalTable(s.end(this), replace, ifNotExists, name, columns, format, location, options,
            partitions);
    }
}

/** Names and values in turn: name value, 'name' value, name = value. */
SqlNodeList ExternalOptions() :
{
    final Span s;
    final SqlNodeList options;
}
{
    <LPAREN> { s = span(); options = new SqlNodeList(getPos()); }
    [ ExternalOption(options) ( <COMMA> ExternalOption(options) )* ]
    <RPAREN> { return options; }
}

void ExternalOption(SqlNodeList options) :
{
    final SqlNode name;
    final SqlNode value;
}
{
    (
        name = CompoundIdentifier()
    |
        <QUOTED_STRING> { name = SqlLiteral.createCharString(SqlParserUtil.parseString(token.image), getPos()); }
    )
    [ <EQ> ]
    (
        LOOKAHEAD(2)
        value = NonIntervalLiteral()
    |
        value = SimpleIdentifier()
    )
    {
        options.add(name);
        options.add(value);
    }
}
