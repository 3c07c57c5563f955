using System.Text;
using Xunit;
using Engines.GraphQL.Language;

namespace Cmms.Tests.GraphQL.Language;

/// <summary>Whatever bytes come, the parser answers a tree or a syntax error, soon.</summary>
public sealed class ParserFuzzTests
{
    private static readonly byte[] Seed = Encoding.UTF8.GetBytes(""""
        query Work($id: ID! = "a\u{1F600}\n" @d, $n: [Int!] = [1, -2.5e3]) @live { o: workOrder(id: $id, f: {a: {b: [true, null, PM]}}) { id ...P ... on PM { due } } }
        fragment P on WorkOrder @x { parts { edges { node { name } } } } # done
        """block "text" \""" é""" type Asset implements Node & Named { name(first: Int = 1): String! @deprecated } union U = | A | B extend enum E { X }
        directive @live(if: Boolean!) repeatable on QUERY | FIELD input I @oneOf { a: [String!]! = ["x"] }
        """");

    [Fact]
    public void Random_bytes_never_crash_the_parser()
    {
        var random = new Random(20260731);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = new byte[random.Next(64)];
            random.NextBytes(bytes);
            if (round % 2 == 0)
                for (var i = 0; i < bytes.Length; i++) bytes[i] = "{}()[]!$:=@|&.\"\\#,_ \naZ019-eu"u8[bytes[i] % 29];
            Try(bytes);
        }
    }

    [Fact]
    public void Mutated_documents_never_crash_the_parser()
    {
        var random = new Random(42);
        Parser.Parse(Seed);
        var parsed = 0;
        for (var round = 0; round < 20_000; round++)
        {
            if (Try(Mutate(random))) parsed++;
        }
        Assert.InRange(parsed, 100, 19_900);
    }

    internal static byte[] Mutate(Random random)
    {
        var bytes = Seed.ToList();
        for (var edits = random.Next(1, 4); edits > 0; edits--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(random.Next(12), bytes.Count - at);
            switch (random.Next(4))
            {
                case 0: bytes.RemoveRange(at, length); break;
                case 1: bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length)); break;
                case 2: bytes[at] = (byte)random.Next(256); break;
                default: bytes[at] = Seed[random.Next(Seed.Length)]; break;
            }
        }
        return [.. bytes];
    }

    private static bool Try(byte[] bytes)
    {
        try
        {
            Assert.NotEmpty(Parser.Parse(bytes).Definitions);
            return true;
        }
        catch (SyntaxException error)
        {
            Assert.True(error.Location is { Line: > 0, Column: > 0 });
            return false;
        }
    }
}
