using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Cmms.Domain.Persistence;

internal sealed class InstantAsMicroseconds() : ValueConverter<Instant, long>(instant => instant.Microseconds, number => Instant.FromMicroseconds(number));

internal sealed class InstantAsTimestamp() : ValueConverter<Instant, DateTime>(
    instant => instant.ToDateTimeOffset().UtcDateTime, moment => Instant.From(new DateTimeOffset(moment, TimeSpan.Zero)));

internal sealed class QuantityAsThousandths() : ValueConverter<Quantity, long>(value => value.Thousandths, number => Quantity.FromThousandths(number));

internal sealed class MoneyAsTenThousandths() : ValueConverter<Money, long>(value => value.TenThousandths, number => Money.FromTenThousandths(number));

internal sealed class ActorAsText() : ValueConverter<Actor, string>(actor => actor.ToString(), text => Actor.Parse(text));

internal sealed class DurationAsMicroseconds() : ValueConverter<TimeSpan, long>(
    value => value.Ticks / TimeSpan.TicksPerMicrosecond, number => new TimeSpan(number * TimeSpan.TicksPerMicrosecond));
