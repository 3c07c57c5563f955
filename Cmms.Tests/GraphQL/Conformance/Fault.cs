namespace Cmms.Tests.GraphQL.Conformance;

/// <summary>What a random document may get wrong, once, at the first fitting place.</summary>
internal enum Fault
{
    UnknownField, UnknownArgument, MissingArgument, DuplicateArgument, LeafWithSelection, CompositeWithoutSelection,
    UnknownFragment, FragmentCycle, UnusedFragment, DuplicateFragment, UnknownCondition, LeafCondition, ImpossibleSpread,
    UnknownDirective, MisplacedDirective, RepeatedDirective, DirectiveArgument,
    WrongValue, UnknownEnumValue, NullForNonNull, MissingInputField, UnknownInputField, DuplicateInputField, TwoOfOneOf, NullOneOf,
    UndefinedVariable, UnusedVariable, DuplicateVariable, OutputVariable, UnknownVariableType, NullableVariable, OtherVariable, WrongDefault,
    SecondAnonymous, DuplicateOperation, ManyRootFields, TypeDefinition, Conflict, ConflictingArguments, ConflictBelow, Syntax, WrongOperation,
}
