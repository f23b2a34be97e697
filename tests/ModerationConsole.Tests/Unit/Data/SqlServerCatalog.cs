using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace ModerationConsole.Tests.Unit.Data;

/// <summary>What migrations have made so far of a SQL Server's tables, and what it would refuse to do with them.</summary>
internal sealed class SqlServerCatalog
{
    private readonly Dictionary<string, Table> _tables = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What the server would have refused.</summary>
    public List<string> Refused { get; } = [];

    /// <summary>Does what a migration asks for.</summary>
    public void Apply(string migration, IReadOnlyList<MigrationOperation> operations)
    {
        foreach (MigrationOperation operation in operations)
        {
            if (Do(operation) is { } reason)
            {
                Refused.Add($"{migration}: {operation.GetType().Name} {reason}");
            }
        }
    }

    /// <summary>Where the tables are not as the model wants them.</summary>
    public IEnumerable<string> Differences(IRelationalModel model) =>
        Lines(model).Except(Lines()).Select(line => $"missing: {line}").Concat(Lines().Except(Lines(model)).Select(line => $"too much: {line}"));

    private string? Do(MigrationOperation operation) => operation switch
    {
        CreateTableOperation create => Create(create),
        DropTableOperation drop => References(drop.Name).Any() ? $"{drop.Name} is referred to" : _tables.Remove(drop.Name) ? null : $"{drop.Name} is not there",
        AddColumnOperation add => _tables[add.Table].Columns.TryAdd(add.Name, Column.Of(add)) ? null : $"{add.Table}.{add.Name} is there",
        DropColumnOperation drop => Dependents(drop.Table, drop.Name, withKeys: true) ?? (_tables[drop.Table].Columns.Remove(drop.Name) ? null : $"{drop.Name} is not there"),
        AlterColumnOperation alter => Alter(alter),
        AddPrimaryKeyOperation add => Key(_tables[add.Table], add),
        DropPrimaryKeyOperation drop => DropKey(drop),
        AddForeignKeyOperation add => Refer(add),
        DropForeignKeyOperation drop => _tables[drop.Table].References.Remove(drop.Name) ? null : $"{drop.Name} is not there",
        CreateIndexOperation create => _tables[create.Table].Indexes.TryAdd(create.Name, create) ? null : $"{create.Name} is there",
        DropIndexOperation drop => _tables[drop.Table!].Indexes.Remove(drop.Name) ? null : $"{drop.Name} is not there",
        SqlOperation => null,
        _ => "is not known to this test",
    };

    private string? Create(CreateTableOperation create)
    {
        Table table = new(create.Columns.ToDictionary(column => column.Name, Column.Of, StringComparer.OrdinalIgnoreCase));
        if (!_tables.TryAdd(create.Name, table))
        {
            return $"{create.Name} is there";
        }

        return Key(table, create.PrimaryKey!) ?? create.ForeignKeys.Select(Refer).FirstOrDefault(reason => reason is not null);
    }

    private static string? Key(Table table, AddPrimaryKeyOperation key)
    {
        string? problem = table.Key is not null ? "has a key" : key.Columns.FirstOrDefault(name => table.Columns[name].IsNullable);
        table.Key = key;
        return problem;
    }

    private string? DropKey(DropPrimaryKeyOperation drop)
    {
        if (References(drop.Table).FirstOrDefault() is { } reference)
        {
            return $"{drop.Name} is referred to by {reference.Name}";
        }

        bool isThere = _tables[drop.Table].Key?.Name == drop.Name;
        _tables[drop.Table].Key = null;
        return isThere ? null : $"{drop.Name} is not there";
    }

    private string? Refer(AddForeignKeyOperation key)
    {
        Table from = _tables[key.Table];
        Table to = _tables[key.PrincipalTable];
        from.References[key.Name] = key;
        return !to.Key!.Columns.SequenceEqual(key.PrincipalColumns!) ? $"{key.Name} refers to no key"
            : key.Columns.Zip(key.PrincipalColumns!).Any(pair => !from.Columns[pair.First].ComparesAs(to.Columns[pair.Second])) ? $"{key.Name}: types or collations differ"
            : key.OnDelete is ReferentialAction.Restrict or ReferentialAction.NoAction ? null : $"{key.Name} cascades";
    }

    // The framework takes indexes over the column away and makes them again; what else depends on it is ours to take away.
    private string? Alter(AlterColumnOperation alter)
    {
        Column before = _tables[alter.Table].Columns[alter.Name];
        Column after = Column.Of(alter);
        _tables[alter.Table].Columns[alter.Name] = after;
        return before.ComparesAs(after) && before.IsNullable == after.IsNullable ? null : Dependents(alter.Table, alter.Name, withKeys: false);
    }

    private string? Dependents(string name, string column, bool withKeys)
    {
        Table table = _tables[name];
        return table.Key?.Columns.Contains(column) == true ? $"{table.Key.Name} needs {name}.{column}"
            : table.References.Values.FirstOrDefault(key => key.Columns.Contains(column)) is { } key ? $"{key.Name} needs {name}.{column}"
            : References(name).FirstOrDefault(one => one.PrincipalColumns!.Contains(column)) is { } other ? $"{other.Name} needs {name}.{column}"
            : table.Indexes.Values.FirstOrDefault(index => index.Filter?.Contains($"[{column}]", StringComparison.Ordinal) == true
                || (withKeys && index.Columns.Contains(column))) is { } index ? $"{index.Name} needs {name}.{column}"
            : null;
    }

    private IEnumerable<AddForeignKeyOperation> References(string table) =>
        _tables.Values.SelectMany(one => one.References.Values).Where(key => key.PrincipalTable == table && key.Table != table);

    private IEnumerable<string> Lines() =>
        from table in _tables
        from line in table.Value.Columns.Select(column => $"{table.Key}.{column.Key} {column.Value}")
            .Append($"{table.Key} key {table.Value.Key?.Name}({string.Join(',', table.Value.Key?.Columns ?? [])})")
            .Concat(table.Value.References.Values.Select(key => $"{table.Key} reference {key.Name}({string.Join(',', key.Columns)})"))
            .Concat(table.Value.Indexes.Values.Select(index =>
                $"{table.Key} index {index.Name}({string.Join(',', index.Columns)}) {index.IsUnique} {index.Filter} {Order(index.IsDescending, index.Columns.Length)}"))
        select line;

    private static IEnumerable<string> Lines(IRelationalModel model) =>
        from table in model.Tables
        from line in table.Columns.Select(column => $"{table.Name}.{column.Name} {new Column(column.StoreType, column.Collation, column.IsNullable)}")
            .Append($"{table.Name} key {table.PrimaryKey!.Name}({Names(table.PrimaryKey.Columns)})")
            .Concat(table.ForeignKeyConstraints.Select(key => $"{table.Name} reference {key.Name}({Names(key.Columns)})"))
            .Concat(table.Indexes.Select(index =>
                $"{table.Name} index {index.Name}({Names(index.Columns)}) {index.IsUnique} {index.Filter} {Order(index.IsDescending, index.Columns.Count)}"))
        select line;

    private static string Names(IEnumerable<IColumn> columns) => string.Join(',', columns.Select(column => column.Name));

    // An empty list means that all go down.
    private static string Order(IReadOnlyList<bool>? descending, int count) =>
        string.Join(',', descending is null ? Enumerable.Repeat(false, count) : descending.Count == 0 ? Enumerable.Repeat(true, count) : descending);

    private sealed record Column(string? Type, string? Collation, bool IsNullable)
    {
        public static Column Of(ColumnOperation operation) => new(operation.ColumnType, operation.Collation, operation.IsNullable);

        public bool ComparesAs(Column other) => (Type, Collation) == (other.Type, other.Collation);
    }

    private sealed class Table(Dictionary<string, Column> columns)
    {
        public Dictionary<string, Column> Columns { get; } = columns;

        public AddPrimaryKeyOperation? Key { get; set; }

        public Dictionary<string, AddForeignKeyOperation> References { get; } = [];

        public Dictionary<string, CreateIndexOperation> Indexes { get; } = [];
    }
}
