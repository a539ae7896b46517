"""Validation rules: graphql-core's, with a few replaced by rules that cost less or say more."""

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
    ObjectValueNode,
    OperationDefinitionNode,
    OverlappingFieldsCanBeMergedRule,
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
from execution.type_refs import is_one_of, type_of_variable


class _NamesArgument(ASTValidationRule):
    """Mixin for rules about values: errors name the argument that received the value."""

    argument = ""

    def enter_variable_definition(self, node: VariableDefinitionNode, *_: Any) -> None:  # noqa: ANN401 - its signature
        """Note the variable: a value in its definition is its default."""
        self.argument = f"${node.variable.name.value}"

    def enter_argument(self, node: ArgumentNode, *_: Any) -> None:  # noqa: ANN401 - graphql-core's own signature
        """Note the argument."""
        self.argument = node.name.value

    def report_error(self, error: GraphQLError) -> None:
        """Report the error with the argument's name."""
        if self.argument:
            # Changed in place, because creating an error searches its lines in the document.
            error.message = f'Argument "{self.argument}": {error.message}'
            error.extensions = {"code": "BAD_USER_INPUT", "argument": self.argument}
        super().report_error(error)


class ValueRule(_NamesArgument, ValuesOfCorrectTypeRule):
    """GraphQL's rule that a value is of its argument's type."""


class OneOfRule(_NamesArgument, OneOfInputValidationRule):
    """Strawberry's rule that a oneOf input has exactly one key, whose value is not null."""

    def enter_variable_definition(self, node: VariableDefinitionNode, *_: Any) -> None:  # noqa: ANN401 - its signature
        """Call both parents, because both handle this node."""
        _NamesArgument.enter_variable_definition(self, node)
        OneOfInputValidationRule.enter_variable_definition(self, node)

    def validate_one_of(self, node: ObjectValueNode, type: GraphQLNamedType) -> None:  # noqa: A002 - Strawberry's word
        """Check an object, unless it contains an undeclared variable, which another rule reports."""
        names = [field.value.name.value for field in node.fields if isinstance(field.value, VariableNode)]
        # Strawberry's rule has no declarations before it visits an operation.
        declared: Mapping[str, object] = getattr(self, "variable_definitions", {})
        if all(name in declared for name in names):
            super().validate_one_of(node, type)


class TypeNameRule(KnownTypeNamesRule):
    """GraphQL's rule that types exist. Only the first error suggests similar names.

    Searching them among all types takes a millisecond or more for each error.
    """

    def report_error(self, error: GraphQLError) -> None:
        """Report the error and remove the names to suggest."""
        super().report_error(error)
        self.type_names = []


_REPLACED: dict[type[ASTValidationRule], type[ASTValidationRule]] = {
    KnownTypeNamesRule: TypeNameRule,
    ValuesOfCorrectTypeRule: ValueRule,
    OverlappingFieldsCanBeMergedRule: OverlappingFieldsRule,
}
RULES = (*(_REPLACED.get(rule, rule) for rule in specified_rules), OneOfRule)


class _VariableUses(Visitor):
    """Finds the argument that each variable is first used in."""

    def __init__(self) -> None:
        super().__init__()
        self.argument = ""
        self.arguments: dict[str, str] = {}

    def enter_variable_definition(self, *_: Any) -> VisitorAction:  # noqa: ANN401 - graphql-core's own signature
        """Skip the definition, which is not a use."""
        return SKIP

    def enter_argument(self, node: ArgumentNode, *_: Any) -> None:  # noqa: ANN401 - graphql-core's own signature
        """Note the argument."""
        self.argument = node.name.value

    def enter_variable(self, node: VariableNode, *_: Any) -> None:  # noqa: ANN401 - graphql-core's own signature
        """Note the use."""
        self.arguments.setdefault(node.name.value, self.argument)


def one_of_variables(schema: GraphQLSchema, operation: OperationDefinitionNode) -> tuple[str, ...]:
    """Return the variables of a valid operation whose types are oneOf inputs, alone or in lists."""
    return tuple(
        definition.variable.name.value
        for definition in operation.variable_definitions or ()
        if is_one_of(type_of_variable(schema, definition))
    )


def one_of_errors(
    document: DocumentNode, operation: OperationDefinitionNode, names: Iterable[str], variables: Mapping[str, Any]
) -> list[GraphQLError]:
    """Return an error for each of the named variables whose value is not a valid oneOf input.

    Strawberry refuses these too, but does not name the argument.
    """
    wrong = [name for name in names if not _is_one_of(variables.get(name))]
    if not wrong:
        return []
    uses = _VariableUses()
    # The operation's own uses come first, then those in fragments.
    visit(operation, uses)
    visit(document, uses)
    return [
        GraphQLError(
            f'Argument "{uses.arguments[name]}": the variable "${name}" must have exactly one non-null key.',
            extensions={"code": "BAD_USER_INPUT", "argument": uses.arguments[name]},
        )
        for name in wrong
    ]


def _is_one_of(value: object) -> bool:
    """Whether a value satisfies oneOf. Coercion of the variables refuses values that are not objects."""
    if isinstance(value, list):
        return all(map(_is_one_of, cast("list[object]", value)))
    if not isinstance(value, dict):
        return True
    entries = list(cast("dict[str, object]", value).values())
    return len(entries) == 1 and entries[0] is not None
