using Cmms.Domain.Assets;
using Cmms.Domain.Inventory;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Imports;

/// <summary>Parts, known by their number. What is on hand and what one costs can be told of new parts alone: for others, the ledger says it.</summary>
internal sealed class PartImport : Importer<Part>
{
    private readonly MissingNames _missing;
    private HashSet<string> _numbers = [];
    private Names<PartType> _types = null!;
    private Names<Storeroom> _storerooms = null!;
    private Names<MeasurementUnit> _units = null!;
    private Names<Vendor> _vendors = null!;

    public PartImport(CmmsDb db, MissingNames missing) : base(db)
    {
        _missing = missing;
        Columns =
        [
            new("name", ["part name", "item", "nombre"], (_, _) => { }),
            new("number", ["part number", "part no", "item number", "sku", "numero", "codigo"], (part, cell) => part.Number = cell.Text),
            new("description", ["descripcion"], (part, cell) => part.Description = cell.Text),
            new("area", ["bin", "shelf", "aisle", "ubicacion"], (part, cell) => part.Area = cell.Text),
            new("type", ["part type", "category", "tipo", "categoria"], async (part, cell) => part.PartType = await _types.Find(cell.Text, cell.Heading, default)),
            new("storeroom", ["warehouse", "store", "almacen", "bodega"], async (part, cell) => part.Storeroom = await _storerooms.Find(cell.Text, cell.Heading, default)),
            new("unit", ["measurement unit", "uom", "unit of measure", "unidad"], async (part, cell) => part.MeasurementUnit = await _units.Find(cell.Text, cell.Heading, default)),
            new("non stock", ["is non stock", "non-stock part"], (part, cell) => RequireSame(part, part.IsNonStock, cell.YesNo(), cell)),
            new("on hand", ["on hand qty", "quantity", "qty", "stock", "existencia", "cantidad"], (part, cell) => RequireSame(part, part.OnHand, Check.NotNegative(cell.Quantity(), cell.Heading), cell)),
            new("minimum", ["min qty", "min", "minimum quantity", "reorder point", "minimo"], (_, _) => { }),
            new("desired", ["desired qty", "max", "maximum", "max qty", "par level", "deseado", "maximo"], (_, _) => { }),
            new("unit cost", ["cost", "price", "unit price", "costo", "costo unitario", "precio"], (part, cell) => RequireSame(part, part.UnitCost, cell.Cost(), cell)),
            new("lead time", ["lead time days", "plazo"], (part, cell) => part.LeadTime = cell.Whole()),
            new("vendor", ["preferred vendor", "supplier", "proveedor"], async (_, cell) => await _vendors.Find(cell.Text, cell.Heading, default)),
            new("vendor part number", ["supplier part number", "vendor sku"], (_, _) => { }),
            new("qr code", ["qr", "barcode", "codigo qr"], async (part, cell) => part.QrCode = await Db.LabelOf(part, part.QrCode, cell.Text, generate: false, remove: false, default)),
        ];
    }

    public override IReadOnlyList<Column<Part>> Columns { get; }

    protected override string KeyColumn => "number";

    protected override async Task Prepare(CancellationToken cancel)
    {
        var make = _missing is MissingNames.Create;
        _numbers = await Db.Parts.Where(p => p.Number != null).Select(p => p.Number!).ToHashSetAsync(cancel);
        _types = new(Db, "Part type", (await Db.PartTypes.Select(t => new { t.Name, t.Id }).ToListAsync(cancel)).Select(t => ((string?)t.Name, t.Id)), make ? name => new PartType(name) : null);
        _storerooms = new(Db, "Storeroom", (await Db.Storerooms.Select(s => new { s.Name, s.Id }).ToListAsync(cancel)).Select(s => ((string?)s.Name, s.Id)));
        _units = new(Db, "Measurement unit", (await Db.MeasurementUnits.Select(u => new { u.Name, u.ShortName, u.Id }).ToListAsync(cancel)).SelectMany(u => new (string?, long)[] { (u.Name, u.Id), (u.ShortName, u.Id) }),
            make ? name => new MeasurementUnit(name, name) : null);
        _vendors = new(Db, "Vendor", (await Db.Vendors.Where(v => v.IsActive).Select(v => new { v.Name, v.Id }).ToListAsync(cancel)).Select(v => ((string?)v.Name, v.Id)));
    }

    protected override async Task<Part?> Known(ImportRow row, CancellationToken cancel) =>
        row.TextOf("number") is { } number && _numbers.Contains(number) ? await Db.Locked(Db.Parts.Where(p => p.Number == number)).SingleOrDefaultAsync(cancel) : null;

    protected override Task<Part> Make(ImportRow row, CancellationToken cancel) => Task.FromResult(new Part(
        row.TextOf("name") ?? throw new InvalidValue(row["name"]?.Heading ?? "name", "must not be empty for a new part"),
        row["non stock"] is { IsEmpty: false } nonStock && nonStock.YesNo(), row["unit cost"] is { IsEmpty: false } cost ? cost.Cost() : Money.Zero));

    protected override Task Complete(Part item, ImportRow row, CancellationToken cancel)
    {
        if (row.TextOf("name") is { } name) item.Name = name;
        if (row["minimum"] is { IsEmpty: false } || row["desired"] is { IsEmpty: false })
            item.SetLevels(row["minimum"] is { IsEmpty: false } least ? least.Quantity() : item.Minimum, row["desired"] is { IsEmpty: false } most ? most.Quantity() : item.Desired);
        return Task.CompletedTask;
    }

    protected override async Task<bool> Follow(Part item, ImportRow row, bool isNew, CancellationToken cancel)
    {
        if (isNew && row["on hand"] is { IsEmpty: false } there && there.Quantity() > Quantity.Zero) await Db.Stock.Initial(item, there.Quantity(), item.StoreroomId, cancel);
        var sold = await Sell(item, row, cancel);
        await Db.SaveChangesAsync(cancel);
        return sold;
    }

    protected override void Forget()
    {
        _types.Forget();
        _storerooms.Forget();
        _units.Forget();
        _vendors.Forget();
    }

    /// <summary>The vendor that the row names is preferred; others stay.</summary>
    private async Task<bool> Sell(Part part, ImportRow row, CancellationToken cancel)
    {
        if (row["vendor"] is not { IsEmpty: false } cell) return false;
        var (vendor, number) = (await _vendors.Find(cell.Text, cell.Heading, cancel), row.TextOf("vendor part number"));
        await Db.Entry(part).Collection(p => p.VendorParts).LoadAsync(cancel);
        var known = part.VendorParts.FirstOrDefault(v => v.VendorId == vendor.Id);
        if (known is { IsPreferred: true } && (number ?? known.VendorPartNumber) == known.VendorPartNumber) return false;
        await Db.SetVendorParts(part,
            [.. part.VendorParts.Where(v => v.VendorId != vendor.Id).Select(v => new VendorOffer(v.VendorId, v.VendorPartNumber, false)), new VendorOffer(vendor.Id, number ?? known?.VendorPartNumber, true)], cancel);
        return true;
    }

    private static void RequireSame<TValue>(Part part, TValue has, TValue told, Cell cell)
    {
        if (part.Id > 0 && !EqualityComparer<TValue>.Default.Equals(has, told)) throw new InvalidValue(cell.Heading, $"is {has} by the ledger; it changes by restocking, counting and cost updates alone");
    }
}
