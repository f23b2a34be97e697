using System.Data.Common;
using System.Globalization;
using ModerationConsole.Benchmarks.Measure;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Benchmarks.Quality;

/// <summary>Statements by which a database copies a row many times over, with other values in some columns.</summary>
/// <param name="begin">The time of number 0.</param>
/// <param name="step">What lies between two numbers.</param>
internal sealed class CopySql(DatabaseProvider provider, DateTimeOffset begin, TimeSpan step)
{
    private readonly bool _postgres = provider == DatabaseProvider.PostgreSql;

    /// <summary>A table of the numbers, in the column n.</summary>
    public string Numbers(int first, int last) => FormattableString.Invariant(_postgres
        ? (FormattableString)$"SELECT n FROM generate_series({first}::bigint, {last}::bigint) AS n"
        : $"SELECT n FROM (WITH RECURSIVE s(n) AS (VALUES ({first}) UNION ALL SELECT n + 1 FROM s WHERE n < {last}) SELECT n FROM s)");

    /// <summary>An id of its own for each number.</summary>
    public string Id(string number) => _postgres
        ? $"('00000000-0000-7000-8000-' || lpad(to_hex({number}), 12, '0'))::uuid"
        : $"printf('00000000-0000-7000-8000-%012X', {number})";

    /// <summary>The time of a number.</summary>
    public string Time(string number)
    {
        string from = begin.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return FormattableString.Invariant(_postgres
            ? (FormattableString)$"('{from}+00'::timestamptz + ({number}) * {step.TotalSeconds} * interval '1 second')"
            : $"strftime('%Y-%m-%d %H:%M:%f', '{from}', (({number}) * {step.TotalSeconds}) || ' seconds')");
    }

    /// <summary>One of these ids by turns.</summary>
    public string OneOf(string number, IReadOnlyList<Guid> ids) => _postgres
        ? string.Create(CultureInfo.InvariantCulture, $"('{{{string.Join(',', ids)}}}'::uuid[])[1 + ({number}) % {ids.Count}]")
        : string.Create(CultureInfo.InvariantCulture, $"substr('{string.Concat(ids).ToUpperInvariant()}', 1 + 36 * (({number}) % {ids.Count}), 36)");

    /// <summary>Copies the only row that is there, or the last one that was not copied, once for each number.</summary>
    /// <param name="numbers">A query of the column n.</param>
    /// <param name="other">Columns that differ, as expressions of n.</param>
    public async Task CopyAsync(DbConnection connection, string table, string numbers, Dictionary<string, string> other)
    {
        List<string> columns = [];
        await using (DbCommand command = connection.CreateCommand())
        {
            command.CommandText = $"SELECT * FROM {table} LIMIT 0";
            await using DbDataReader reader = await command.ExecuteReaderAsync();
            columns.AddRange(Enumerable.Range(0, reader.FieldCount).Select(reader.GetName));
        }

        // The model is the row with the id that was not made from a number.
        string model = _postgres ? "m.\"Id\"::text NOT LIKE '00000000-%'" : "m.\"Id\" NOT LIKE '00000000-%'";
        await connection.ExecuteAsync(
            $"""
            INSERT INTO {table} ({string.Join(", ", columns.Select(column => $"\"{column}\""))})
            SELECT {string.Join(", ", columns.Select(column => other.GetValueOrDefault(column, $"m.\"{column}\"")))}
            FROM (SELECT * FROM {table} m WHERE {model} LIMIT 1) m CROSS JOIN ({numbers}) AS numbers
            """);
    }
}
