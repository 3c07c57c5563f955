using Cmms.Domain.Assets;
using Cmms.Domain.Persistence;

namespace Cmms.Domain.Imports;

/// <summary>Locations, known by their code, and without one by their path.</summary>
internal sealed class LocationImport : TreeImport<Location>
{
    public LocationImport(CmmsDb db) : base(db, "Location") => Columns =
    [
        new("name", ["location", "location name", "nombre"], (_, _) => { }),
        new("code", ["location code", "codigo"], (location, cell) => location.Code = cell.Text),
        ParentColumn,
        new("description", ["descripcion"], (location, cell) => location.Description = cell.Text),
        new("address", ["direccion"], (location, cell) => location.Address = cell.Text),
        new("qr code", ["qr", "barcode", "codigo qr"], async (location, cell) => location.QrCode = await Db.LabelOf(location, location.QrCode, cell.Text, generate: false, remove: false, default)),
    ];

    public override IReadOnlyList<Column<Location>> Columns { get; }

    protected override bool IsKnownByPath => true;

    protected override IQueryable<KeyValuePair<string?, long>> Codes => Db.Locations.Where(l => l.Code != null).Select(l => new KeyValuePair<string?, long>(l.Code, l.Id));

    protected override Location New(string name, Location? parent) => new(name, parent);

    protected override string? CodeOf(Location node) => node.Code;
}
