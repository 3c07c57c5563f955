using Engines.GraphQL.Language;

namespace Engines.GraphQL.Validation;

internal sealed class ExecutableDefinitions(ValidationContext context) : ValidationRule(context)
{
    public override void EnterDocument()
    {
        foreach (var definition in Context.Document.Definitions.OfType<TypeSystemNode>())
        {
            var name = definition switch { TypeDefinitionNode type => $"\"{type.Name}\"", DirectiveDefinitionNode directive => $"\"{directive.Name}\"", _ => "schema" };
            Report($"The {name} definition is not executable.", definition.Span);
        }
    }
}
