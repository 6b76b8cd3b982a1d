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
