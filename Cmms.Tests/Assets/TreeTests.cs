using Cmms.Domain;
using Cmms.Domain.Assets;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cmms.Tests.Assets;

public sealed class TreeTests
{
    [Theory, Sqlite, PostgreSql]
    public async Task A_path_names_every_level_and_follows_moves_and_renames(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var (a, floor, room, b) = await plant.WriteAsync(async db =>
        {
            var a = await Add(db, "Building A", null);
            var floor = await Add(db, "Floor 1", a);
            return (a, floor, await Add(db, "Main Conference Room", floor), await Add(db, "Building B", null));
        });
        Assert.Equal(("Building A > Floor 1 > Main Conference Room", 2, a), await Of(room));

        await plant.WriteAsync(async db => await db.Move(await db.FindInTree<Location>(floor, default), "First floor", b, default));
        Assert.Equal(("Building B > First floor", 1, b), await Of(floor));
        Assert.Equal(("Building B > First floor > Main Conference Room", 2, b), await Of(room));

        await plant.WriteAsync(async db => await db.Move(await db.FindInTree<Location>(floor, default), "First floor", null, default));
        Assert.Equal(("First floor", 0, null), await Of(floor));
        Assert.Equal(("First floor > Main Conference Room", 1, floor), await Of(room));

        Task<(string, int, long?)> Of(long id) => plant.ReadAsync(async db =>
            await db.Locations.SingleAsync(l => l.Id == id) is var l ? (l.Path, l.Depth, l.RootId) : default);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Nothing_moves_into_itself_or_its_own_descendants(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var (a, b, c) = await plant.WriteAsync(async db =>
        {
            var a = await Add(db, "A", null);
            var b = await Add(db, "B", a);
            return (a, b, await Add(db, "C", b));
        });
        foreach (var target in (long[])[a, b, c])
            Assert.Equal("parentId", (await Assert.ThrowsAsync<TreeCycle>(() => Move(plant, a, target))).Field);
        await Assert.ThrowsAsync<NotFound>(() => Move(plant, a, 999));
        await Move(plant, c, a);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Concurrent_moves_never_close_a_cycle(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        const int count = 8;
        var ids = await plant.WriteAsync(async db =>
        {
            var all = new List<long>();
            for (var i = 0; i < count; i++) all.Add(await Add(db, $"L{i}", null));
            return all;
        });

        // Each wants to go below the next, in a ring: all together would be the cycle.
        var outcomes = await Task.WhenAll(Enumerable.Range(0, count).Select(i => Record.ExceptionAsync(() => Move(plant, ids[i], ids[(i + 1) % count]))));
        Assert.Single(outcomes, e => e is TreeCycle);
        Assert.Equal(count - 1, outcomes.Count(e => e is null));

        var rows = await plant.ReadAsync(db => db.Locations.ToDictionaryAsync(l => l.Id));
        foreach (var row in rows.Values)
        {
            var names = new List<string>();
            for (var at = row; at is not null; at = at.ParentId is { } up ? rows[up] : null)
            {
                names.Insert(0, at.Name);
                Assert.True(names.Count <= count, "a cycle");
            }
            Assert.Equal((string.Join(" > ", names), names.Count - 1), (row.Path, row.Depth));
        }
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Thirty_two_at_once_move_branches_of_a_tree_of_a_thousand_and_it_stays_a_tree(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        Random random = new(32);
        var ids = await plant.WriteAsync(async db =>
        {
            List<Location> all = [], level = [];
            foreach (var size in (int[])[8, 92, 400, 500])
            {
                List<Location> next = [.. Enumerable.Range(0, size).Select(i => new Location($"N{all.Count + i}", level.Count == 0 ? null : level[random.Next(level.Count)]))];
                db.AddRange(next);
                await db.SaveChangesAsync();
                all.AddRange(next);
                level = next;
            }
            return all.ConvertAll(l => l.Id);
        });

        var moves = Enumerable.Range(0, 32).Select(_ => (Node: ids[random.Next(100)], Below: ids[random.Next(ids.Count)])).ToList();
        var outcomes = await Task.WhenAll(moves.Select(m => Record.ExceptionAsync(() => Move(plant, m.Node, m.Below))));
        Assert.All(outcomes, e => Assert.True(e is null or TreeCycle or InvalidValue { Field: "parentId" }, e?.ToString()));
        Assert.True(outcomes.Count(e => e is null) > 10, "Too few moves were possible: this shows nothing.");

        var rows = await plant.ReadAsync(db => db.Locations.ToDictionaryAsync(l => l.Id));
        Assert.Equal(1000, rows.Count);
        foreach (var row in rows.Values)
        {
            List<Location> line = [];
            for (var at = row; at is not null; at = at.ParentId is { } up ? rows[up] : null)
            {
                line.Insert(0, at);
                Assert.True(line.Count <= TreeNode.Deepest, "a cycle");
            }
            Assert.Equal((string.Join(" > ", line.Select(l => l.Name)), line.Count - 1, line.Count == 1 ? null : (long?)line[0].Id), (row.Path, row.Depth, row.RootId));
        }
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_child_born_while_its_parent_moves_gets_the_new_path(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var (a, b) = await plant.WriteAsync(async db => (await Add(db, "A", null), await Add(db, "B", null)));

        await Task.WhenAll(
            Move(plant, b, a),
            plant.WriteAsync(db => Add(db, "First", b)),
            plant.WriteAsync(db => Add(db, "Second", b)));

        var paths = await plant.ReadAsync(db => db.Locations.OrderBy(l => l.Path).Select(l => l.Path).ToListAsync());
        Assert.Equal(["A", "A > B", "A > B > First", "A > B > Second"], paths);
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_tree_has_a_deepest_level(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var deepest = await plant.WriteAsync(async db =>
        {
            long? parent = null;
            for (var level = 0; level < TreeNode.Deepest; level++) parent = await Add(db, $"L{level}", parent);
            return parent!.Value;
        });
        await Assert.ThrowsAsync<InvalidValue>(() => plant.WriteAsync(db => Add(db, "Too deep", deepest)));
        var other = await plant.WriteAsync(db => Add(db, "Other", null));
        var top = await plant.ReadAsync(db => db.Locations.Where(l => l.Name == "L0").Select(l => l.Id).SingleAsync());
        Assert.Equal("parentId", (await Assert.ThrowsAsync<InvalidValue>(() => Move(plant, top, other))).Field);
    }

    [Theory]
    [Sqlite(ChildrenOnArchive.Archive, "A!, A > B!, A > B > C!"), PostgreSql(ChildrenOnArchive.Archive, "A!, A > B!, A > B > C!")]
    [Sqlite(ChildrenOnArchive.MoveUp, "A, A > B!, A > C"), PostgreSql(ChildrenOnArchive.MoveUp, "A, A > B!, A > C")]
    public async Task Archiving_says_what_becomes_of_the_children(DatabaseProvider provider, ChildrenOnArchive children, string expected)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var (a, b, _) = await plant.WriteAsync(async db =>
        {
            var a = await Add(db, "A", null);
            var b = await Add(db, "B", a);
            return (a, b, await Add(db, "C", b));
        });
        Assert.Equal(1, (await Assert.ThrowsAsync<InUse>(() => Archive(b, ChildrenOnArchive.Refuse))).Uses);

        await Archive(children is ChildrenOnArchive.Archive ? a : b, children);
        var rows = await plant.ReadAsync(db => db.Locations.OrderBy(l => l.Path).Select(l => l.Path + (l.IsArchived ? "!" : "")).ToListAsync());
        Assert.Equal(expected, string.Join(", ", rows));

        Task Archive(long id, ChildrenOnArchive choice) => plant.WriteAsync(async db => await db.Archive(await db.FindInTree<Location>(id, default), choice, default));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task What_is_archived_takes_no_children_and_is_restored_from_the_top(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var (a, b) = await plant.WriteAsync(async db =>
        {
            var a = await Add(db, "A", null);
            return (a, await Add(db, "B", a));
        });
        await plant.WriteAsync(async db => await db.Archive(await db.FindInTree<Location>(a, default), ChildrenOnArchive.Archive, default));
        await Assert.ThrowsAsync<InvalidValue>(() => plant.WriteAsync(db => Add(db, "C", a)));
        await Assert.ThrowsAsync<InvalidValue>(() => Restore(b));
        await Restore(a);
        await Restore(b);
        Assert.False(await plant.ReadAsync(db => db.Locations.AnyAsync(l => l.IsArchived)));
        var types = await plant.ReadAsync(db => db.Events.Where(e => e.SubjectId == b && e.SubjectType == "Location").OrderBy(e => e.Position).Select(e => e.Type).ToListAsync());
        Assert.Equal(["LocationCreated", "LocationArchived", "LocationRestored"], types);

        Task Restore(long id) => plant.WriteAsync(async db => await db.Restore(await db.FindInTree<Location>(id, default), default));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_parent_of_another_site_does_not_exist(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        var id = await plant.WriteAsync(db => Add(db, "A", null));
        var error = await Assert.ThrowsAsync<NotFound>(() => plant.Database.WriteAsync(plant.Neighbour, db => Add(db, "B", id)));
        Assert.Equal("parentId", error.Field);
    }

    private static Task Move(TestPlant plant, long id, long parentId) => plant.WriteAsync(async db =>
    {
        var node = await db.FindInTree<Location>(id, default);
        await db.Move(node, node.Name, parentId, default);
    });

    private static async Task<long> Add(CmmsDb db, string name, long? parentId)
    {
        var location = new Location(name, await db.FindParent<Location>(parentId, default));
        db.Add(location);
        await db.SaveChangesAsync();
        return location.Id;
    }
}
