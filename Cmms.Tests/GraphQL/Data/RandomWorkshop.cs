namespace Cmms.Tests.GraphQL.Data;

/// <summary>Random rows with many ties and nulls, and texts that are hard to compare.</summary>
internal static class RandomWorkshop
{
    public static readonly string[] Texts = ["Pump", "pump", "Bomba Ñ", "bomba n", "a%b", "aXb", "a_b", "a\\b", "", "Ä", "ab", "zz", "100%", "o'neil", "日本", "😀"];

    public static List<Machine> Machines(Random random, int count)
    {
        var plants = Enumerable.Range(0, 4).Select(i => new Plant { Name = Texts[random.Next(Texts.Length)], Floors = i % 2 == 0 ? null : random.Next(3) }).ToList();
        var tags = Enumerable.Range(0, 5).Select(i => new Tag { Name = $"tag {i}" }).ToList();
        var machines = new List<Machine>();
        for (var i = 0; i < count; i++)
        {
            var machine = new Machine
            {
                Name = Text(), Note = MaybeText(), Code = MaybeText(), Number = random.Next(4), Rank = Maybe(random.Next(3)), Weight = new Grams(random.Next(3)),
                Load = Maybe(new Grams(random.Next(-2, 3))), Built = Maybe(new DateOnly(2024, 1, 1 + random.Next(4))), Grade = (Grade)random.Next(3),
                Wear = Maybe((Grade)random.Next(3)), Active = random.Next(2) == 0, Rented = Maybe(random.Next(2) == 0),
                Plant = random.Next(3) == 0 ? null : plants[random.Next(plants.Count)],
                Parent = machines.Count > 0 && random.Next(2) == 0 ? machines[random.Next(machines.Count)] : null,
                Manual = random.Next(2) == 0 ? new Manual { Title = $"Manual {i}" } : null,
            };
            for (var p = random.Next(5); p > 0; p--) machine.Parts.Add(new Part { Name = Text(), Quantity = Maybe(random.Next(3)), Machine = machine });
            machine.Tags.AddRange(tags.Where(_ => random.Next(3) == 0));
            machine.Parent?.Children.Add(machine);
            machines.Add(machine);
        }
        return machines;

        string Text() => Texts[random.Next(Texts.Length)];
        T? Maybe<T>(T value) where T : struct => random.Next(3) == 0 ? null : value;
        string? MaybeText() => random.Next(3) == 0 ? null : Text();
    }
}
