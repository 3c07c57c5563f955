using Cmms.Domain;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Work;
using Cmms.Graph.Access;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Data;

namespace Cmms.Graph.Work;

/// <summary>What work is sorted into, and what companies are for.</summary>
[ObjectType<Category>, Authorize(Permission.ViewWorkOrders, Permission.ViewInventory), OrderBy(nameof(Category.Name)), UseSearch(nameof(Category.Name))]
internal static class CategoryFields;

[QueryType, Authorize(Permission.ViewWorkOrders, Permission.ViewInventory)]
internal static class CategoryQueries
{
    /// <summary>What work is sorted into, by name.</summary>
    /// <param name="includeArchived">Also those that were put away.</param>
    [UsePaging, UseFiltering, UseSorting]
    public static IQueryable<Category> Categories(CmmsDb db, bool includeArchived = false) =>
        includeArchived ? db.Categories : db.Categories.Where(c => !c.IsArchived);
}

[MutationType, Authorize(Permission.ManageWorkOrders)]
internal static class CategoryMutations
{
    /// <summary>Adds a category.</summary>
    [Error<Duplicate>]
    public static async Task<Category> CreateCategory(string name, string? description, CmmsDb db, CancellationToken cancel)
    {
        Category category = new(name, description);
        db.Categories.Add(category);
        await db.SaveChangesAsync(cancel);
        return category;
    }

    /// <summary>Renames or describes a category.</summary>
    /// <param name="version">The version that was read: the change is refused if the category has changed since.</param>
    [Error<NotFound, Duplicate, Conflict>]
    public static async Task<Category> UpdateCategory(
        [ID<Category>] long id, int? version, Optional<string> name, Optional<string?> description, CmmsDb db, CancellationToken cancel)
    {
        var category = await db.FindVersion<Category>(id, version, cancel);
        category.Name = name.Or(category.Name);
        category.Description = description.Or(category.Description);
        await db.SaveChangesAsync(cancel);
        return category;
    }

    /// <summary>Puts a category away: it stays where it is, and is offered for nothing new.</summary>
    [Error<NotFound>]
    public static async Task<Category> ArchiveCategory([ID<Category>] long id, CmmsDb db, CancellationToken cancel)
    {
        var category = await db.Find<Category>(id, cancel);
        category.Archive();
        await db.SaveChangesAsync(cancel);
        return category;
    }

    /// <summary>Takes an archived category up again.</summary>
    [Error<NotFound>]
    public static async Task<Category> RestoreCategory([ID<Category>] long id, CmmsDb db, CancellationToken cancel)
    {
        var category = await db.Find<Category>(id, cancel);
        category.Restore();
        await db.SaveChangesAsync(cancel);
        return category;
    }
}
