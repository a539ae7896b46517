"""The rules that a document and its variables are held to, ours among those of graphql-core and Strawberry."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from graphql import (
    SKIP,
    ArgumentNode,
    ASTValidationRule,
    DocumentNode,
    GraphQLError,
    GraphQLNamedType,
    GraphQLSchema,
    KnownTypeNamesRule,
    ListTypeNode,
    NamedTypeNode,
    NonNullTypeNode,
    ObjectValueNode,
    OperationDefinitionNode,
    OverlappingFieldsCanBeMergedRule,
    TypeNode,
    ValuesOfCorrectTypeRule,
    VariableDefinitionNode,
    VariableNode,
    Visitor,
    VisitorAction,
    specified_rules,
    visit,
)
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from execution.overlapping_fields import OverlappingFieldsRule


class _NamesArgument(ASTValidationRule):
    """Makes a rule about values say which argument the value was given for."""

    argument = ""

    def enter_variable_definition(self, node: VariableDefinitionNode, *_: Any) -> None:  # noqa: ANN401 - its signature
        """Forget the argument before this one: the value that may come is a default, and has the variable's name."""
        self.argument = f"${node.variable.name.value}"

    def enter_argument(self, node: ArgumentNode, *_: Any) -> None:  # noqa: ANN401 - graphql-core's own signature
        """Remember which argument is being looked at."""
        self.argument = node.name.value

    def report_error(self, error: GraphQLError) -> None:
        """Report the error as one that the client can act on."""
        if self.argument:
            # Changed in place: to make an error is to look for its lines in the document.
            error.message = f'Argument "{self.argument}": {error.message}'
            error.extensions = {"code": "BAD_USER_INPUT", "argument": self.argument}
        super().report_error(error)


class ValueRule(_NamesArgument, ValuesOfCorrectTypeRule):
    """GraphQL's rule that a value must be of its argument's type."""


class OneOfRule(_NamesArgument, OneOfInputValidationRule):
    """Strawberry's rule that a oneOf input must have exactly one key, not null."""

    def enter_variable_definition(self, node: VariableDefinitionNode, *_: Any) -> None:  # noqa: ANN401 - its signature
        """Do what both parents do: they handle the same node."""
        _NamesArgument.enter_variable_definition(self, node)
        OneOfInputValidationRule.enter_variable_definition(self, node)

    def validate_one_of(self, node: ObjectValueNode, type: GraphQLNamedType) -> None:  # noqa: A002 - Strawberry's word
        """Look at an object, unless it is made of a variable that is not declared: that is for another rule to say."""
        names = [field.value.name.value for field in node.fields if isinstance(field.value, VariableNode)]
        # Strawberry has no declarations either before it has come to an operation.
        declared: Mapping[str, object] = getattr(self, "variable_definitions", {})
        if all(name in declared for name in names):
            super().validate_one_of(node, type)


class TypeNameRule(KnownTypeNamesRule):
    """GraphQL's rule that types must be there, which says of the first that is not what may have been meant.

    To look for that among all types takes a millisecond or more, which is dear where there are many errors.
    """

    def report_error(self, error: GraphQLError) -> None:
        """Report the error, and have no names for the next one."""
        super().report_error(error)
        self.type_names = []


_OURS: dict[type[ASTValidationRule], type[ASTValidationRule]] = {
    KnownTypeNamesRule: TypeNameRule,
    ValuesOfCorrectTypeRule: ValueRule,
    OverlappingFieldsCanBeMergedRule: OverlappingFieldsRule,
}
RULES = (*(_OURS.get(rule, rule) for rule in specified_rules), OneOfRule)


class _Uses(Visitor):
    """Finds the argument that each variable is first used in."""

    def __init__(self) -> None:
        super().__init__()
        self.argument = ""
        self.arguments: dict[str, str] = {}

    def enter_variable_definition(self, *_: Any) -> VisitorAction:  # noqa: ANN401 - graphql-core's own signature
        """Pass over the definition, which is no use."""
        return SKIP

    def enter_argument(self, node: ArgumentNode, *_: Any) -> None:  # noqa: ANN401 - graphql-core's own signature
        """Remember which argument is being looked at."""
        self.argument = node.name.value

    def enter_variable(self, node: VariableNode, *_: Any) -> None:  # noqa: ANN401 - graphql-core's own signature
        """Note the use."""
        self.arguments.setdefault(node.name.value, self.argument)


def key_variables(schema: GraphQLSchema, operation: OperationDefinitionNode) -> tuple[str, ...]:
    """Return the variables of a valid operation that hold whole oneOf inputs."""
    return tuple(
        definition.variable.name.value
        for definition in operation.variable_definitions or ()
        if _names_one_of(schema, definition)
    )


def key_errors(
    document: DocumentNode, operation: OperationDefinitionNode, keys: Iterable[str], variables: Mapping[str, Any]
) -> list[GraphQLError]:
    """Return an error for each of the variables that hold whole oneOf inputs which breaks their rule.

    Strawberry refuses these as well, but without saying which argument is meant.
    """
    wrong = [name for name in keys if not _is_one_of(variables.get(name))]
    if not wrong:
        return []
    uses = _Uses()
    # The operation's own uses come first; the rest of the document holds its fragments.
    visit(operation, uses)
    visit(document, uses)
    return [
        GraphQLError(
            f'Argument "{uses.arguments[name]}": the variable "${name}" must have exactly one key, and that not null.',
            extensions={"code": "BAD_USER_INPUT", "argument": uses.arguments[name]},
        )
        for name in wrong
    ]


def _names_one_of(schema: GraphQLSchema, definition: VariableDefinitionNode) -> bool:
    type_node: TypeNode = definition.type
    while isinstance(type_node, ListTypeNode | NonNullTypeNode):
        type_node = type_node.type
    assert isinstance(type_node, NamedTypeNode)  # noqa: S101 - nothing else can be inside
    strawberry_definition = schema.type_map[type_node.name.value].extensions.get("strawberry-definition")
    return getattr(strawberry_definition, "is_one_of", False)


def _is_one_of(value: object) -> bool:
    """Whether a value is one of; what is no object at all is left to the coercion of variables."""
    if isinstance(value, list):
        return all(map(_is_one_of, cast("list[object]", value)))
    if not isinstance(value, dict):
        return True
    entries = list(cast("dict[str, object]", value).values())
    return len(entries) == 1 and entries[0] is not None
