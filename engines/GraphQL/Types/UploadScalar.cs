using System.Text.Json;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Language;

namespace Engines.GraphQL.Types;

/// <summary>A file of a multipart request. Runtime values: <see cref="UploadedFile"/>, which the executor puts where the request's map says.</summary>
public sealed class UploadScalar : ScalarType
{
    public UploadScalar() : base("Upload")
    {
        Description = "A file, sent as a variable of a multipart request.";
        SpecifiedBy = "https://github.com/jaydenseric/graphql-multipart-request-spec";
    }

    public override object ParseLiteral(ValueNode literal) => throw new InvalidValueException("Upload is a file of a multipart request; it cannot stand in a document.");

    public override object ParseValue(JsonElement value) => throw new InvalidValueException("Upload is a file of a multipart request; its place in the variables is null.");

    public override void Write(object value, JsonOutput output) => throw new InvalidValueException("Upload is only for inputs.");

    public override ValueNode ToLiteral(object value) => throw new InvalidValueException("Upload has no literals.");
}
