using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml;
using Cmms.Domain.Persistence;
using Cmms.Domain.Planning;

namespace Cmms.Domain.Events;

/// <summary>Writes <c>{ field: [before, after] }</c> with values as the schema's scalars write them.</summary>
internal static class ChangesJson
{
    internal static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static string Of(IReadOnlyList<FieldChange> changes)
    {
        if (changes.Count == 0) return "{}";
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            foreach (var change in changes)
            {
                json.WriteStartArray(change.Field);
                Write(json, change.Before);
                Write(json, change.After);
                json.WriteEndArray();
            }
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(text); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case int number: json.WriteNumberValue(number); break;
            case long number: json.WriteNumberValue(number); break;
            case double number: json.WriteNumberValue(number); break;
            case decimal number: json.WriteNumberValue(number); break;
            case Quantity quantity: json.WriteNumberValue(quantity.Value); break;
            case Money money: json.WriteNumberValue(money.Value); break;
            case Enum constant: json.WriteStringValue(Words.Constant(constant)); break;
            case DateOnly date: json.WriteStringValue(date.ToString("O", CultureInfo.InvariantCulture)); break;
            case TimeOnly time: json.WriteStringValue(time.ToString("HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture)); break;
            case DateTime local: json.WriteStringValue(local.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture)); break;
            case TimeSpan duration: json.WriteStringValue(XmlConvert.ToString(duration)); break;
            case byte[] bytes: json.WriteBase64StringValue(bytes); break;
            case NumberSet set: Write(json, set.Items); break;
            case System.Collections.IEnumerable items:
                json.WriteStartArray();
                foreach (var item in items) Write(json, item);
                json.WriteEndArray();
                break;
            default: json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture)); break; // Instant, Actor and other values of the domain
        }
    }
}
