using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Queues;

/// <summary>A queue as one who works it sees it.</summary>
public sealed record MyQueue(Guid Id, string Name, string Slug, string Description, QueueKind Kind, QueueFigures Figures)
{
    /// <summary>Until when nothing of it is offered, UTC; null while it is open.</summary>
    public DateTimeOffset? PausedUntil { get; init; }

    /// <summary>Why it is paused.</summary>
    public string PauseNote { get; init; } = "";

    /// <summary>Whether nothing of it is offered at the moment.</summary>
    public bool IsPaused(DateTimeOffset now) => PausedUntil > now;
}

/// <summary>The queues that the caller may work now, by name.</summary>
[Requires(Permission.ReviewCases)]
public sealed class MyQueues(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, AllQueueFigures all) : IUseCase
{
    /// <summary>The queues as they were read before, with how they stand now. Which queues a person works changes with their access, of which the feed tells.</summary>
    /// <returns>The same list where nothing is new.</returns>
    public async Task<IReadOnlyList<MyQueue>> RenewAsync(Caller caller, IReadOnlyList<MyQueue> known, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<MyQueues>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(known);
        IReadOnlyDictionary<Guid, QueueFigures> figures = await all.ReadAsync(cancellationToken).ConfigureAwait(false);
        MyQueue[] renewed = [.. known.Select(queue => queue with { Figures = figures.GetValueOrDefault(queue.Id) ?? new QueueFigures() })];
        return renewed.SequenceEqual(known) ? known : renewed;
    }

    /// <summary>Reads them with how they stand.</summary>
    public async Task<IReadOnlyList<MyQueue>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<MyQueues>(caller, cancellationToken).ConfigureAwait(false);
        IReadOnlySet<Permission> permissions = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            Reviewer? person = await Reviewer.FindAsync(new ReadAhead(db), caller.Id, permissions, cancellationToken).ConfigureAwait(false);
            if (person is null || person.Queues.Count == 0)
            {
                return [];
            }

            IReadOnlyDictionary<Guid, QueueFigures> figures = await all.ReadAsync(cancellationToken).ConfigureAwait(false);
            List<CaseQueue> queues = await db.Set<CaseQueue>().AsNoTracking().Where(row => person.Queues.Contains(row.Id))
                .OrderBy(row => row.Name).ToListAsync(cancellationToken).ConfigureAwait(false);
            // An archived queue is of interest only while something is left in it.
            return [.. queues.Where(row => !row.Archived || figures.ContainsKey(row.Id)).Select(row => new MyQueue(
                row.Id, row.Name, row.Slug, row.Description, row.Kind, figures.GetValueOrDefault(row.Id) ?? new QueueFigures())
            {
                PausedUntil = row.PausedUntil,
                PauseNote = row.PauseNote,
            })];
        }
    }
}
