using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Engines.GraphQL.Execution.Planning;

namespace Engines.GraphQL.Execution.Idempotency;

/// <summary>
/// What a mutation asks, as 32 bytes. The document counts as it was found, by whatever name the client called it; variables by their values, whatever the order
/// of their names and the space between them; files by their content and name.
/// </summary>
internal static class Fingerprint
{
    public static async ValueTask<ReadOnlyMemory<byte>> OfAsync(GraphQLRequest request, OperationPlan plan, CancellationToken cancel)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(all, plan.Document.Source.Span);
        Append(all, plan.Operation.Name);
        using (var variables = new JsonOutput())
        {
            if (request.Variables.ValueKind is JsonValueKind.Object) Write(request.Variables, variables);
            Append(all, variables.Written.Span);
        }
        foreach (var (place, file) in (request.Files ?? new Dictionary<string, UploadedFile>()).OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            Append(all, place);
            Append(all, file.Name);
            Append(all, file.ContentType);
            await using var content = file.OpenRead();
            all.AppendData(await SHA256.HashDataAsync(content, cancel));
        }
        return all.GetHashAndReset();
    }

    // With its length before it, no part can pass for the end of the one before.
    private static void Append(IncrementalHash all, ReadOnlySpan<byte> part)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, part.Length);
        all.AppendData(length);
        all.AppendData(part);
    }

    private static void Append(IncrementalHash all, string? part) => Append(all, Encoding.UTF8.GetBytes(part ?? ""));

    private static void Write(JsonElement value, JsonOutput output)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                output.Raw((byte)'{');
                foreach (var member in value.EnumerateObject().OrderBy(m => m.Name, StringComparer.Ordinal))
                {
                    output.String(member.Name);
                    output.Raw((byte)':');
                    Write(member.Value, output);
                }
                output.Raw((byte)'}');
                break;
            case JsonValueKind.Array:
                output.Raw((byte)'[');
                foreach (var item in value.EnumerateArray())
                {
                    Write(item, output);
                    output.Raw((byte)',');
                }
                output.Raw((byte)']');
                break;
            case JsonValueKind.String:
                output.String(value.GetString());
                break;
            default:
                output.Raw(JsonMarshal.GetRawUtf8Value(value));
                break;
        }
    }
}
