using System.Text;
using System.Text.Json;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Language;
using Engines.GraphQL.Types;
using Xunit;

namespace Cmms.Tests.GraphQL.Binding;

public sealed class LeafTests
{
    private static readonly TypeRegistry Types = new();

    [Theory]
    [InlineData(typeof(DateTimeOffset), "2026-03-01T08:30:00Z", "2026-03-01T08:30:00Z")]
    [InlineData(typeof(DateTimeOffset), "2026-03-01t08:30:00.120+05:30", "2026-03-01T03:00:00.12Z")]
    [InlineData(typeof(DateTimeOffset), "2026-03-01T08:30:00.1234567899Z", "2026-03-01T08:30:00.1234567Z")]
    [InlineData(typeof(DateOnly), "2024-02-29", "2024-02-29")]
    [InlineData(typeof(TimeOnly), "08:30", "08:30:00")]
    [InlineData(typeof(TimeSpan), "P1DT2H", "P1DT2H")]
    [InlineData(typeof(TimeSpan), "PT90M", "PT1H30M")]
    [InlineData(typeof(TimeSpan), "P2W", "P14D")]
    [InlineData(typeof(TimeSpan), "-PT0.5S", "-PT0.5S")]
    [InlineData(typeof(Uri), "https://example.org/a?b=c", "https://example.org/a?b=c")]
    [InlineData(typeof(Guid), "0192f0c1-8d5e-7c3b-9a51-0c1f3e5d7a90", "0192f0c1-8d5e-7c3b-9a51-0c1f3e5d7a90")]
    public void A_text_is_read_and_written_as_its_specification_says(Type type, string given, string written)
    {
        var scalar = (ScalarType)Types.Leaf(type)!;
        using var json = new JsonOutput();
        scalar.Write(scalar.ParseLiteral(new StringValueNode(default, given)), json);
        Assert.Equal($"\"{written}\"", Encoding.UTF8.GetString(json.Written.Span));
        Assert.Equal(scalar.ParseLiteral(new StringValueNode(default, given)), scalar.ParseValue(JsonSerializer.SerializeToElement(given)));
    }

    [Theory]
    [InlineData(typeof(DateTimeOffset), "\"2026-03-01T08:30:00\"")]
    [InlineData(typeof(DateTimeOffset), "\"2026-02-30T08:30:00Z\"")]
    [InlineData(typeof(DateTimeOffset), "\"2026-03-01\"")]
    [InlineData(typeof(DateTimeOffset), "\"2026-03-01T08:30:00Z\\n\"")]
    [InlineData(typeof(DateTimeOffset), "\"0001-01-01T00:00:00+14:00\"")]
    [InlineData(typeof(DateTimeOffset), "1767225600")]
    [InlineData(typeof(DateOnly), "\"2026-2-3\"")]
    [InlineData(typeof(DateOnly), "\"2026-03-01T00:00:00Z\"")]
    [InlineData(typeof(TimeSpan), "\"P1M\"")]
    [InlineData(typeof(TimeSpan), "\"P\"")]
    [InlineData(typeof(TimeSpan), "\"P1DT\"")]
    [InlineData(typeof(TimeSpan), "\"P999999999D\"")]
    [InlineData(typeof(Uri), "\"manual.pdf\"")]
    [InlineData(typeof(Uri), "\"/etc/passwd\"")]
    [InlineData(typeof(Guid), "\"1\"")]
    [InlineData(typeof(long), "1.5")]
    [InlineData(typeof(long), "9223372036854775808")]
    [InlineData(typeof(long), "\"1\"")]
    [InlineData(typeof(decimal), "1e400")]
    [InlineData(typeof(decimal), "\"1\"")]
    [InlineData(typeof(decimal), "0.12345678901234567890123456789012345")]
    public void What_is_no_such_value_is_refused(Type type, string json)
    {
        var scalar = (ScalarType)Types.Leaf(type)!;
        using var document = JsonDocument.Parse(json);
        Assert.Throws<InvalidValueException>(() => scalar.ParseValue(document.RootElement));
    }

    [Theory]
    [InlineData("12.50", "12.50")]
    [InlineData("1e3", "1000")]
    [InlineData("-0.0001", "-0.0001")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    public void Decimals_stay_exact(string given, string written)
    {
        using var document = JsonDocument.Parse(given);
        using var json = new JsonOutput();
        var scalar = (ScalarType)Types.Leaf(typeof(decimal))!;
        scalar.Write(scalar.ParseValue(document.RootElement), json);
        Assert.Equal(written, Encoding.UTF8.GetString(json.Written.Span));
    }

    [Fact]
    public void Any_json_goes_through_unchanged()
    {
        const string Text = """{"a":[1,2.50,"ü",null,true],"b":{}}""";
        var scalar = (ScalarType)Types.Leaf(typeof(JsonElement))!;
        using var document = JsonDocument.Parse(Text);
        using var json = new JsonOutput();
        scalar.Write(scalar.ParseLiteral(scalar.ToLiteral(document.RootElement)), json);
        Assert.Equal(Text, Encoding.UTF8.GetString(json.Written.Span).Replace("\\u00FC", "ü", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_scalar_of_ours_says_what_it_follows()
    {
        foreach (var type in (Type[])[typeof(long), typeof(decimal), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly), typeof(TimeSpan), typeof(Guid), typeof(Uri), typeof(JsonElement)])
            Assert.True(Uri.IsWellFormedUriString(((ScalarType)Types.Leaf(type)!).SpecifiedBy, UriKind.Absolute), type.Name);
    }

    [Theory]
    [InlineData("Asset", 1)]
    [InlineData("WorkOrder", long.MaxValue)]
    [InlineData("X", -1)]
    public void A_global_id_is_written_and_read_back(string type, long key)
    {
        var id = new GlobalId(type, key);
        using var json = new JsonOutput();
        GlobalId.Write(json, Encoding.UTF8.GetBytes(type + ":"), key);
        Assert.Equal($"\"{id}\"", Encoding.UTF8.GetString(json.Written.Span));
        Assert.True(GlobalId.TryParse(id.ToString(), out var read));
        Assert.Equal((id, key), (read, read.Number));
    }
}
