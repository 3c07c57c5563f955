using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cmms.Domain.Policies;

/// <summary>Writes the domain's values inside facts as the schema writes them.</summary>
internal sealed class ValueJson : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert == typeof(Quantity) || typeToConvert == typeof(Money) || typeToConvert == typeof(Instant);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        typeToConvert == typeof(Quantity) ? new Number<Quantity>(q => q.Value)
        : typeToConvert == typeof(Money) ? new Number<Money>(m => m.Value)
        : new Moment();

    private sealed class Number<T>(Func<T, decimal> number) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("Facts are only written.");
        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteNumberValue(number(value));
    }

    private sealed class Moment : JsonConverter<Instant>
    {
        public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("Facts are only written.");
        public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
