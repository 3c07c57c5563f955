using Engines.GraphQL.Language;
using Engines.GraphQL.Types;

namespace Engines.GraphQL.Validation;

internal sealed class ValuesOfCorrectType(ValidationContext context) : ValidationRule(context)
{
    public override void EnterValue(ValueNode value, GraphQLType type) => LiteralRules.Check(value, type, (node, message) => Report(message, node.Span));
}
