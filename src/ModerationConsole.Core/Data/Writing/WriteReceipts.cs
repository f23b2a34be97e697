using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage;

namespace ModerationConsole.Core.Data;

/// <summary>Proof, written by a transaction itself, that it committed. Needed for a day at most.</summary>
public sealed class WriteReceipt
{
    /// <summary>Of the attempt to commit.</summary>
    public Guid Id { get; init; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset At { get; init; }
}

internal sealed class WriteReceiptConfiguration : IEntityTypeConfiguration<WriteReceipt>
{
    public void Configure(EntityTypeBuilder<WriteReceipt> builder)
    {
        builder.ToTable("write_receipt");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.HasIndex(row => row.At);
    }
}

/// <summary>Whether something was stored is not known: the database went away in the middle of a commit and did not come back in time.</summary>
public sealed class CommitUnknownException : Exception
{
    /// <summary>Makes it.</summary>
    public CommitUnknownException()
        : this(null)
    {
    }

    /// <summary>Makes it with what the database said.</summary>
    public CommitUnknownException(Exception? inner)
        : base("The database did not answer: it is not known whether this was saved.", inner)
    {
    }
}

/// <summary>
/// Commits so that a broken connection leaves no doubt. A server that did commit may fail to say so; run again, the operations
/// would be done twice. So the transaction writes a receipt, and where no answer came, the receipt is asked for.
/// </summary>
public sealed class WriteReceipts(IDbContextFactory<ConsoleDbContext> contexts, DatabaseOptions options, TimeProvider clock)
{
    // Written only by a transaction that has written: one that only looked costs no disk.
    private const string Postgres =
        """INSERT INTO write_receipt ("Id", "At") SELECT {0}, {1} WHERE pg_current_xact_id_if_assigned() IS NOT NULL""";

    private const string SqlServer = "INSERT INTO write_receipt (Id, At) VALUES ({0}, {1})";

    /// <summary>Commits; when it returns, all of the transaction is durable.</summary>
    /// <exception cref="DbException">Nothing of the transaction was stored.</exception>
    /// <exception cref="CommitUnknownException">The database stayed away too long to be asked.</exception>
    public async Task CommitAsync(ConsoleDbContext db, IDbContextTransaction transaction)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(transaction);
        if (options.HasOneWriter)
        {
            await transaction.CommitAsync().ConfigureAwait(false);
            return;
        }

        Guid id = Guid.CreateVersion7();
        await db.Database.ExecuteSqlRawAsync(db is PostgresConsoleContext ? Postgres : SqlServer, id, clock.Now().ToUniversalTime()).ConfigureAwait(false);
        try
        {
            await transaction.CommitAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (Unreachable.Is(error))
        {
            if (!await WasCommittedAsync(id, new WritePatience(options, Stopwatch.GetTimestamp())).ConfigureAwait(false))
            {
                throw;
            }
        }
    }

    /// <summary>Deletes receipts that nobody asks for any more.</summary>
    public Task<int> ForgetAsync(ConsoleDbContext db, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        DateTimeOffset before = clock.Now().AddDays(-1);
        return db.Set<WriteReceipt>().Where(row => row.At < before).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>
    /// Tries to write the same receipt. The server lets it wait while the transaction in doubt is still ending; then it is there
    /// already, or it never will be.
    /// </summary>
    private async Task<bool> WasCommittedAsync(Guid id, WritePatience patience)
    {
        while (true)
        {
            try
            {
                ConsoleDbContext db = await contexts.CreateDbContextAsync().ConfigureAwait(false);
                await using (db.ConfigureAwait(false))
                {
                    IDbContextTransaction asking = await db.Database.BeginTransactionAsync().ConfigureAwait(false);
                    await using (asking.ConfigureAwait(false))
                    {
                        db.Add(new WriteReceipt { Id = id, At = clock.Now() });
                        await db.SaveChangesAsync().ConfigureAwait(false);
                        return false;
                    }
                }
            }
            catch (DbUpdateException error) when (WriteConflict.Is(error))
            {
                return true;
            }
            catch (Exception error) when (Unreachable.Is(error))
            {
                if (!patience.Lasts)
                {
                    throw new CommitUnknownException(error);
                }

                await patience.WaitAsync().ConfigureAwait(false);
            }
        }
    }
}
