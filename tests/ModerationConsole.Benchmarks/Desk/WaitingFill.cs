using System.Data.Common;
using System.Globalization;
using ModerationConsole.Benchmarks.Measure;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Benchmarks.Desk;

/// <summary>
/// Makes thousands of waiting cases out of some that came in through the use cases: item, case, task and its waiting row are
/// copied by the database, which is many times as fast as intake. The copies are like no other case, so none is judged as a stack.
/// </summary>
internal static class WaitingFill
{
    /// <summary>How many cases are copied over and over; they come in first.</summary>
    public const int Models = 500;

    /// <summary>Adds cases until so many wait.</summary>
    public static async Task UpToAsync(BenchDatabase database, int waiting)
    {
        await using DbConnection connection = await database.OpenAsync();
        long there = await NumberAsync(connection, "SELECT COUNT(*) FROM waiting_task");
        if (there >= waiting)
        {
            return;
        }

        long last = await NumberAsync(connection, """SELECT MAX("Number") FROM "case" """);
        long until = last + waiting - there;
        await using DbTransaction transaction = await connection.BeginTransactionAsync();
        foreach (string sql in Copies(database.Provider, last, until))
        {
            await using DbCommand command = connection.CreateCommand();
            (command.Transaction, command.CommandText, command.CommandTimeout) = (transaction, sql, 0);
            await command.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
        if (await NumberAsync(connection, "SELECT COUNT(*) FROM waiting_task") < waiting)
        {
            throw new InvalidOperationException("The first cases have not the first numbers, so copies are missing. Run it again.");
        }

        if (database.Provider == DatabaseProvider.PostgreSql)
        {
            // The plans that a server in use would have.
            await connection.ExecuteAsync("""ANALYZE item_version, "case", review_task, waiting_task""");
        }
    }

    private static string[] Copies(DatabaseProvider provider, long last, long until)
    {
        (string numbers, string id, string text) = provider switch
        {
            DatabaseProvider.PostgreSql => (
                string.Create(CultureInfo.InvariantCulture, $"SELECT n FROM generate_series({last + 1}::bigint, {until}::bigint) AS n"),
                "('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid", "n::text"),
            DatabaseProvider.Sqlite => (
                string.Create(CultureInfo.InvariantCulture, $"WITH RECURSIVE s(n) AS (VALUES ({last + 1}) UNION ALL SELECT n + 1 FROM s WHERE n < {until}) SELECT n FROM s"),
                "printf('00000000-0000-7000-8000-%012X', n)", "n"),
            _ => throw new UsageException("Cases are not copied on this provider."),
        };
        string models = string.Create(CultureInfo.InvariantCulture, $"""m."Number" = 1 + (n % {Models})""");
        string from = $"""FROM ({numbers}) AS numbers JOIN "case" m ON {models} JOIN item_version i ON i."Id" = m."ItemVersionId" JOIN review_task t ON t."CaseNumber" = m."Number" AND t."Number" <= {Models.ToString(CultureInfo.InvariantCulture)}""";
        // Without the marks by which likeness is found.
        List<string> copies =
        [
            $"""
            INSERT INTO item_version ("Id", "TypeId", "ItemId", "Number", "ContentHash", "Data", "Text", "CreatorTypeId", "CreatorId", "ReceivedAt")
            SELECT {id}, i."TypeId", 'copy-' || {text}, 1, i."ContentHash", i."Data", i."Text", i."CreatorTypeId", i."CreatorId", i."ReceivedAt" {from}
            """,
            $"""
            INSERT INTO "case" ("Number", "Id", "ItemVersionId", "State", "Source", "Sensitivity", "Severity", "Language", "CaseVersion", "OpenedAt", "LastEvidenceAt", "Version")
            SELECT n, {id}, {id}, 'Open', m."Source", m."Sensitivity", m."Severity", m."Language", 1, m."OpenedAt", m."LastEvidenceAt", 0 {from}
            """,
            $"""
            INSERT INTO review_task ("Number", "Id", "CaseNumber", "CaseVersion", "Kind", "Stage", "State", "QueueId", "Priority", "DueAt", "CreatedAt", "Fence", "Version")
            SELECT n, {id}, n, 1, t."Kind", t."Stage", 'Waiting', t."QueueId", t."Priority", t."DueAt", t."CreatedAt", 0, 0 {from}
            """,
            $"""
            INSERT INTO waiting_task ("TaskNumber", "CaseNumber", "QueueId", "Priority", "DueAt", "Kind", "Sensitivity", "Language", "Since")
            SELECT n, n, t."QueueId", t."Priority", t."DueAt", t."Kind", m."Sensitivity", m."Language", t."CreatedAt" {from}
            """,
        ];
        if (provider == DatabaseProvider.PostgreSql)
        {
            foreach (string table in (string[])["\"case\"", "review_task"])
            {
                copies.Add(string.Create(CultureInfo.InvariantCulture, $"SELECT setval(pg_get_serial_sequence('{table}', 'Number'), {until})"));
            }
        }

        return [.. copies];
    }

    private static async Task<long> NumberAsync(DbConnection connection, string sql)
    {
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }
}
