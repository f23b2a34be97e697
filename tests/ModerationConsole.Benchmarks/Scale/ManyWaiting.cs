using System.Data.Common;
using System.Globalization;
using ModerationConsole.Benchmarks.Measure;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Benchmarks.Scale;

/// <summary>Fills the table of waiting tasks alone: rows without a task behind them, of lower priority than the real ones, so that none is ever drawn.</summary>
internal static class ManyWaiting
{
    // Far above any number that a task gets.
    private const long First = 1_000_000_000;

    // Priorities are mixed, so that the index grows in all its places, as it does in use.
    private const string Row = """n, n, q."Id", (n * 7919) % 40, w."DueAt", w."Kind", w."Sensitivity", w."Language", w."Since" """;
    private const string Into = """INSERT INTO waiting_task ("TaskNumber", "CaseNumber", "QueueId", "Priority", "DueAt", "Kind", "Sensitivity", "Language", "Since")""";
    private const string One = """(SELECT * FROM waiting_task ORDER BY "TaskNumber" LIMIT 1) w JOIN queue q ON q."Id" = w."QueueId" """;

    /// <summary>Adds so many and returns what one costs, bytes in table and indexes.</summary>
    public static async Task<double> AddAsync(BenchDatabase database, int rows)
    {
        await using DbConnection connection = await database.OpenAsync();
        if (database.Provider == DatabaseProvider.PostgreSql)
        {
            // No task stands behind them: the keys that say so are not asked.
            await connection.ExecuteAsync("SET session_replication_role = replica");
            await connection.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"{Into} SELECT {Row} FROM generate_series({First}::bigint, {First + rows - 1}::bigint) AS n CROSS JOIN {One}"));
            await connection.ExecuteAsync("ANALYZE waiting_task");
            return Figures.Round(await database.NumberAsync("SELECT pg_total_relation_size('waiting_task')") / (double)await database.NumberAsync("SELECT COUNT(*) FROM waiting_task"));
        }

        const string Size = "SELECT (page_count - freelist_count) * page_size FROM pragma_page_count(), pragma_freelist_count(), pragma_page_size()";
        long before = await database.NumberAsync(Size);
        await connection.ExecuteAsync("PRAGMA foreign_keys = OFF; PRAGMA cache_size = -500000");
        await connection.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"{Into} WITH RECURSIVE s(n) AS (VALUES ({First}) UNION ALL SELECT n + 1 FROM s WHERE n < {First + rows - 1}) SELECT {Row} FROM s CROSS JOIN {One}"));
        return Figures.Round((await database.NumberAsync(Size) - before) / (double)rows);
    }
}
