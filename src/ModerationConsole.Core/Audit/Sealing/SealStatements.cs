using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Audit.Sealing;

/// <summary>What the sealer says to the database by hand, inside its operation's transaction: it seals thousands of entries a second beside the desks.</summary>
internal sealed class SealStatements(ConsoleDbContext db, DatabaseProvider provider)
{
    // The embedded database gains nothing from long statements; the others save a round trip for each row.
    private readonly int _leavesAStatement = provider == DatabaseProvider.Sqlite ? 1 : 200;

    // Ids begin with their time, but SQL Server compares them from the end.
    private string Oldest => provider == DatabaseProvider.SqlServer ? """u."At", u."EntryId" """ : """u."EntryId" """;

    // What has not committed waits for the next time; nobody waits for it.
    private string Unlocked => provider == DatabaseProvider.SqlServer ? PassLocked.Hint : "";

    /// <summary>The oldest entries that wait, in the order of their numbers.</summary>
    public async Task<List<AuditEntry>> WaitingAsync(int most, CancellationToken cancellationToken)
    {
        DbCommand command = Command(
            $"""
            SELECT {EntryRows.Columns} FROM audit_unsealed u {Unlocked} JOIN audit_entry e ON e."Id" = u."EntryId"
            ORDER BY {Oldest} {First(provider, most)}
            """);
        await using (command.ConfigureAwait(false))
        {
            DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                EntryRows rows = new(reader, provider, 0);
                List<AuditEntry> entries = [];
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    entries.Add(rows.Read());
                }

                entries.Sort((one, other) => one.Number.CompareTo(other.Number));
                return entries;
            }
        }
    }

    /// <summary>Writes leaves. Where another sealer has taken an index or an entry, the database refuses.</summary>
    public async Task InsertLeavesAsync(IReadOnlyList<AuditLeaf> leaves, CancellationToken cancellationToken)
    {
        for (int done = 0; done < leaves.Count;)
        {
            int rows = Math.Min(_leavesAStatement, leaves.Count - done);
            DbCommand command = Command(InsertText(rows));
            await using (command.ConfigureAwait(false))
            {
                DbParameter[] parameters = [.. Enumerable.Range(0, rows * 3).Select(i => Parameter(command, i))];
                for (bool same = true; same; same = _leavesAStatement == 1 && done < leaves.Count)
                {
                    for (int row = 0; row < rows; row++)
                    {
                        AuditLeaf leaf = leaves[done + row];
                        parameters[row * 3].Value = leaf.Index;
                        parameters[(row * 3) + 1].Value = leaf.EntryId;
                        parameters[(row * 3) + 2].Value = leaf.Hash;
                    }

                    await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
                    done += rows;
                }
            }
        }
    }

    /// <summary>Forgets those that have a leaf from this index on.</summary>
    public async Task DeleteSealedAsync(long from, CancellationToken cancellationToken)
    {
        DbCommand command = Command("""DELETE FROM audit_unsealed WHERE "EntryId" IN (SELECT "EntryId" FROM audit_leaf WHERE "Index" >= @p0)""");
        await using (command.ConfigureAwait(false))
        {
            Parameter(command, 0).Value = from;
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    internal static string First(DatabaseProvider provider, int count) => provider == DatabaseProvider.Sqlite
        ? $"LIMIT {count.ToString(CultureInfo.InvariantCulture)}"
        : $"OFFSET 0 ROWS FETCH NEXT {count.ToString(CultureInfo.InvariantCulture)} ROWS ONLY";

    internal static string InsertText(int rows)
    {
        StringBuilder text = new("""INSERT INTO audit_leaf ("Index", "EntryId", "Hash") VALUES """);
        for (int row = 0; row < rows; row++)
        {
            text.Append(row == 0 ? "" : ", ").Append(CultureInfo.InvariantCulture, $"(@p{row * 3}, @p{(row * 3) + 1}, @p{(row * 3) + 2})");
        }

        return text.ToString();
    }

    private static DbParameter Parameter(DbCommand command, int number)
    {
        DbParameter parameter = command.CreateParameter();
        parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"@p{number}");
        command.Parameters.Add(parameter);
        return parameter;
    }

#pragma warning disable CA2100 // every text above is of constants and numbers
    private DbCommand Command(string text)
    {
        DbCommand command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        command.CommandText = text;
        return command;
    }
#pragma warning restore CA2100
}
