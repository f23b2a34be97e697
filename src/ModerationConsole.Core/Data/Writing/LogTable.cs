using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace ModerationConsole.Core.Data;

/// <summary>How a row of one type is inserted: the statement, and its values as the model would write them.</summary>
internal sealed class LogTable
{
    private readonly LogColumn[] _columns;

    private LogTable(string insert, LogColumn[] columns) => (Insert, _columns) = (insert, columns);

    /// <summary>The statement; its parameters are named <c>@p0</c> and on.</summary>
    public string Insert { get; }

    /// <summary>Reads it off the model of the context. What the database numbers is left to it.</summary>
    public static LogTable Of(DbContext db, Type row)
    {
        IEntityType type = db.Model.FindEntityType(row) ?? throw new InvalidOperationException($"{row.Name} has no table.");
        StoreObjectIdentifier table = StoreObjectIdentifier.Create(type, StoreObjectType.Table)!.Value;
        ISqlGenerationHelper sql = db.GetService<ISqlGenerationHelper>();
        LogColumn[] columns =
        [
            .. type.GetProperties().Where(property => !IsNumbered(property))
                .Select((property, i) => new LogColumn(property, $"@p{i}", property.GetRelationalTypeMapping())),
        ];
        string names = string.Join(", ", columns.Select(column => sql.DelimitIdentifier(column.Property.GetColumnName(table)!)));
        string values = string.Join(", ", columns.Select(column => column.Name));
        return new LogTable($"INSERT INTO {sql.DelimitIdentifier(table.Name, table.Schema)} ({names}) VALUES ({values})", columns);
    }

    /// <summary>The values of a row as parameters that <paramref name="maker"/> can make.</summary>
    public IEnumerable<DbParameter> Parameters(DbCommand maker, object row) =>
        _columns.Select(column => column.Mapping.CreateParameter(maker, column.Name, column.Of(row), column.Property.IsNullable));

    /// <summary>Sets the values of a row in a command that has had one of this table before.</summary>
    public void Fill(DbCommand command, object row)
    {
        for (int i = 0; i < _columns.Length; i++)
        {
            LogColumn column = _columns[i];
            object? value = column.Of(row);
            command.Parameters[i].Value = (column.Mapping.Converter is { } converter ? converter.ConvertToProvider(value) : value) ?? DBNull.Value;
        }
    }

    private static bool IsNumbered(IProperty property) =>
        property.IsPrimaryKey() && property.ValueGenerated == ValueGenerated.OnAdd && property.ClrType == typeof(long);

    private sealed record LogColumn(IProperty Property, string Name, RelationalTypeMapping Mapping)
    {
        public object? Of(object row) => Property.GetGetter().GetClrValue(row);
    }
}
