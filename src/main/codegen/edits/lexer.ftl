<#-- `//` divides integers; to Calcite it starts a comment, silently. -->
<@original><#noparse><SINGLE_LINE_COMMENT: ("//"|"--")</#noparse></@original>
<@replacement><#noparse><SINGLE_LINE_COMMENT: ("--")</#noparse></@replacement>
<#-- A dollar sign starts a parameter, not a name. -->
<@original><#noparse>    < #LETTER:
    [
        "\u0024",</#noparse></@original>
<@replacement><#noparse>< #LETTER:
    [</#noparse></@replacement>
<#-- Collation names of Calcite's own making would swallow `a.b$c`. -->
<@original><#noparse>    (<LETTER>|<DIGIT>)+ (<LETTER>|<DIGIT>|":"|"."|"-"|"_")*
    "$"
    (<LETTER>|"_")+
    ("$" (<LETTER>|<DIGIT>|"_")+)?</#noparse></@original>
<@replacement><#noparse>"\u0002"</#noparse></@replacement>
<#-- name => value and name := value -->
<@original><#noparse>|   < NAMED_ARGUMENT_ASSIGNMENT: "=>" ></#noparse></@original>
<@replacement><#noparse>|   < NAMED_ARGUMENT_ASSIGNMENT: "=>" | ":=" ></#noparse></@replacement>
