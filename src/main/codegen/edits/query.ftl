<#-- FROM 'file.parquet' -->
<@original><#noparse>SqlNode ExtendedTableRef() :
{
}
{
    UnusedExtension()
    {
        return null;
    }
}</#noparse></@original>
<@replacement><#noparse>SqlNode ExtendedTableRef() :
{
    final SqlNode file;
}
{
    <QUOTED_STRING> {
        return EngineOperators.FILE_TABLE.createCall(getPos(),
            SqlLiteral.createCharString(SqlParserUtil.parseString(token.image), getPos()));
    }
}</#noparse></@replacement>
<#-- Words that are not reserved, but here do not name a window. -->
<@original><#noparse>    <LPAREN> { s = span(); }
    (
        id = SimpleIdentifier()
    |   { id = null; }
    )
    (
        <PARTITION> { s1 = span(); }
        <BY>
        partitionList = ExpressionCommaList(s1, ExprContext.ACCEPT_NON_QUERY)
    |   { partitionList = SqlNodeList.EMPTY; }
    )
    (
        orderList = OrderBy(true)</#noparse></@original>
<@replacement><#noparse>    <LPAREN> { s = span(); }
    (
        LOOKAHEAD(1, { !atWindowClause() })
        id = SimpleIdentifier()
    |   { id = null; }
    )
    (
        <PARTITION> { s1 = span(); }
        <BY>
        partitionList = ExpressionCommaList(s1, ExprContext.ACCEPT_NON_QUERY)
    |   { partitionList = SqlNodeList.EMPTY; }
    )
    (
        orderList = OrderBy(true)</#noparse></@replacement>
