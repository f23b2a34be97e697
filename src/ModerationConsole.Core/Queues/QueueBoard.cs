using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Queues;

/// <summary>A queue on the board of those who look after them.</summary>
/// <param name="Leased">Tasks in someone's hands.</param>
/// <param name="Stranded">Waiting tasks that nobody may take.</param>
public sealed record QueueBoardRow(
    Guid Id, string Name, string Slug, QueueKind Kind, bool IsDefault, bool IsFallback, bool Archived, QueueFigures Figures, int Leased, int Stranded)
{
    /// <summary>Until when nothing of it is offered, UTC; null while it is open.</summary>
    public DateTimeOffset? PausedUntil { get; init; }

    /// <summary>Why it is paused.</summary>
    public string PauseNote { get; init; } = "";
}

/// <summary>How all queues stand, by name.</summary>
[Requires(Permission.ViewQueues)]
public sealed class QueueBoard(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, AllQueueFigures all) : IUseCase
{
    /// <summary>Reads the board.</summary>
    public async Task<IReadOnlyList<QueueBoardRow>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<QueueBoard>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            List<CaseQueue> queues = await db.Set<CaseQueue>().AsNoTracking().OrderBy(row => row.Name).ToListAsync(cancellationToken).ConfigureAwait(false);
            IReadOnlyDictionary<Guid, QueueFigures> figures = await all.ReadAsync(cancellationToken).ConfigureAwait(false);
            Dictionary<Guid, int> leased = await (
                from lease in db.Set<ActiveLease>()
                join task in db.Set<ReviewTask>() on lease.TaskNumber equals task.Number
                group lease by task.QueueId into held
                select new { held.Key, Count = held.Count() }).ToDictionaryAsync(row => row.Key, row => row.Count, cancellationToken).ConfigureAwait(false);
            Dictionary<Guid, int> stranded = await db.Set<StrandedTask>().GroupBy(row => row.QueueId)
                .Select(group => new { group.Key, Count = group.Count() })
                .ToDictionaryAsync(row => row.Key, row => row.Count, cancellationToken).ConfigureAwait(false);
            return [.. queues.Select(row => new QueueBoardRow(
                row.Id, row.Name, row.Slug, row.Kind, row.IsDefault, row.IsFallback, row.Archived,
                figures.GetValueOrDefault(row.Id) ?? new QueueFigures(), leased.GetValueOrDefault(row.Id), stranded.GetValueOrDefault(row.Id))
            {
                PausedUntil = row.PausedUntil,
                PauseNote = row.PauseNote,
            })];
        }
    }
}
