<#-- Types that Calcite's grammar does not have. -->

/** INTERVAL, STRUCT ( name type, ... ), MAP ( key, value ), UNION ( name type, ... ) */
SqlTypeNameSpec EngineTypeName() :
{
    final Span s;
    final List<SqlIdentifier> names = new ArrayList<SqlIdentifier>();
    final List<SqlDataTypeSpec> types = new ArrayList<SqlDataTypeSpec>();
    SqlDataTypeSpec type;
}
{
    <INTERVAL> { return EngineTypeNameSpec.of("INTERVAL", getPos()); }
|
    <STRUCT> { s = span(); } TypeFields(names, types) {
        return EngineTypeNameSpec.fields("STRUCT", names, types, s.end(this));
    }
|
    <UNION> { s = span(); } TypeFields(names, types) {
        return EngineTypeNameSpec.fields("UNION", names, types, s.end(this));
    }
|
    <MAP> { s = span(); } <LPAREN> type = DataType() { types.add(type); }
    <COMMA> type = DataType() { types.add(type); } <RPAREN> {
        return EngineTypeNameSpec.map(types.get(0), types.get(1), s.end(this));
    }
}

void TypeFields(List<SqlIdentifier> names, List<SqlDataTypeSpec> types) :
{
}
{
    <LPAREN> TypeField(names, types) ( <COMMA> TypeField(names, types) )* <RPAREN>
}

void TypeField(List<SqlIdentifier> names, List<SqlDataTypeSpec> types) :
{
    final SqlIdentifier name;
    final SqlDataTypeSpec type;
}
{
    name = SimpleIdentifier() { names.add(name); }
    type = DataType() { types.add(type); }
}

/** element [ [ size ] ] */
SqlTypeNameSpec ListTypeName(SqlTypeNameSpec element) :
{
    int size = -1;
}
{
    <LBRACKET> [ size = UnsignedIntLiteral() ] <RBRACKET> {
        return EngineTypeNameSpec.list(element, size, getPos());
    }
}
