using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;

namespace ModerationConsole.Core.Data;

/// <summary>How a row of one type is inserted: the statement, and its values as the model would write them.</summary>
internal sealed class RowTable
{
    private readonly string _copy;
    private readonly RowColumn[] _columns;
    private NpgsqlDbType[]? _types;

    private RowTable(string insert, string copy, RowColumn[] columns) => (Insert, _copy, _columns) = (insert, copy, columns);

    /// <summary>The statement; its parameters are named <c>@p0</c> and on.</summary>
    public string Insert { get; }

    /// <summary>Reads it off the model of the context. What the database numbers is left to it.</summary>
    public static RowTable Of(DbContext db, Type row)
    {
        IEntityType type = db.Model.FindEntityType(row) ?? throw new InvalidOperationException($"{row.Name} has no table.");
        StoreObjectIdentifier table = StoreObjectIdentifier.Create(type, StoreObjectType.Table)!.Value;
        ISqlGenerationHelper sql = db.GetService<ISqlGenerationHelper>();
        RowColumn[] columns =
        [
            .. type.GetProperties().Where(property => !IsNumbered(property))
                .Select((property, i) => new RowColumn(property, $"@p{i}", property.GetRelationalTypeMapping())),
        ];
        string names = string.Join(", ", columns.Select(column => sql.DelimitIdentifier(column.Property.GetColumnName(table)!)));
        string values = string.Join(", ", columns.Select(column => column.Name));
        string name = sql.DelimitIdentifier(table.Name, table.Schema);
        return new RowTable($"INSERT INTO {name} ({names}) VALUES ({values})", $"COPY {name} ({names}) FROM STDIN (FORMAT BINARY)", columns);
    }

    /// <summary>The values of a row as parameters that <paramref name="maker"/> can make.</summary>
    public IEnumerable<DbParameter> Parameters(DbCommand maker, object row) =>
        _columns.Select(column => column.Mapping.CreateParameter(maker, column.Name, column.Of(row), column.Property.IsNullable));

    /// <summary>Sets the values of a row in a command that has had one of this table before.</summary>
    public void Fill(DbCommand command, object row)
    {
        for (int i = 0; i < _columns.Length; i++)
        {
            RowColumn column = _columns[i];
            command.Parameters[i].Value = column.Stored(row) ?? DBNull.Value;
        }
    }

    /// <summary>Inserts rows on PostgreSQL in one stream, in the connection's transaction.</summary>
    public async Task CopyAsync(NpgsqlConnection connection, IEnumerable<object> rows)
    {
        NpgsqlDbType[] types = _types ??= Types(connection, rows.First());
        NpgsqlBinaryImporter copy = await connection.BeginBinaryImportAsync(_copy).ConfigureAwait(false);
        await using (copy.ConfigureAwait(false))
        {
            foreach (object row in rows)
            {
                await copy.StartRowAsync().ConfigureAwait(false);
                for (int i = 0; i < _columns.Length; i++)
                {
                    await (_columns[i].Stored(row) is { } value ? copy.WriteAsync(value, types[i]) : copy.WriteNullAsync()).ConfigureAwait(false);
                }
            }

            await copy.CompleteAsync().ConfigureAwait(false);
        }
    }

    private NpgsqlDbType[] Types(NpgsqlConnection connection, object row)
    {
        using NpgsqlCommand maker = connection.CreateCommand();
        return [.. Parameters(maker, row).Select(parameter => ((NpgsqlParameter)parameter).NpgsqlDbType)];
    }

    private static bool IsNumbered(IProperty property) =>
        property.IsPrimaryKey() && property.ValueGenerated == ValueGenerated.OnAdd && property.ClrType == typeof(long);

    private sealed record RowColumn(IProperty Property, string Name, RelationalTypeMapping Mapping)
    {
        public object? Of(object row) => Property.GetGetter().GetClrValue(row);

        public object? Stored(object row) => Mapping.Converter is { } converter ? converter.ConvertToProvider(Of(row)) : Of(row);
    }
}
