<#-- Types that Calcite's grammar does not have. -->

/** INTERVAL [ field [ TO field ] ], NATIONAL CHARACTER, BIT, FLOAT ( bits ), STRUCT ( name type, ... ), MAP ( key, value ), UNION ( name type, ... ) */
SqlTypeNameSpec EngineTypeName() :
{
    final Span s;
    final List<SqlIdentifier> names = new ArrayList<SqlIdentifier>();
    final List<SqlDataTypeSpec> types = new ArrayList<SqlDataTypeSpec>();
    SqlDataTypeSpec type;
    final int precision;
}
{
    <INTERVAL> { s = span(); }
    [
        LOOKAHEAD({ Ahead.intervalUnit(getToken(1)) })
        IntervalUnit()
        [ LOOKAHEAD({ getToken(1).kind == TO && Ahead.intervalUnit(getToken(2)) }) <TO> IntervalUnit() ]
    ]
    { return EngineTypeNameSpec.of("INTERVAL", s.end(this)); }
|
    <NATIONAL> { s = span(); } ( <CHARACTER> | <CHAR> ) [ <VARYING> ] precision = PrecisionOpt() {
        return new SqlBasicTypeNameSpec(SqlTypeName.VARCHAR, precision, s.end(this));
    }
|
    <NCHAR> { s = span(); } [ <VARYING> ] precision = PrecisionOpt() {
        return new SqlBasicTypeNameSpec(SqlTypeName.VARCHAR, precision, s.end(this));
    }
|
    <BIT> { s = span(); } [ <VARYING> ] PrecisionOpt() { return EngineTypeNameSpec.of("BIT", s.end(this)); }
|
    <FLOAT> { s = span(); } <LPAREN> precision = UnsignedIntLiteral() <RPAREN> {
        return EngineTypeNameSpec.floating(precision, s.end(this));
    }
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

/** What may stand behind the name of a type: numbers, or the values of an ENUM. */
void TypeArguments(List<String> arguments) :
{
}
{
    <LPAREN> TypeArgument(arguments) ( <COMMA> TypeArgument(arguments) )* <RPAREN>
}

void TypeArgument(List<String> arguments) :
{
    final int number;
    final String value;
}
{
    number = UnsignedIntLiteral() { arguments.add(Integer.toString(number)); }
|
    value = SimpleStringLiteral() { arguments.add(EngineNames.literal(value)); }
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
