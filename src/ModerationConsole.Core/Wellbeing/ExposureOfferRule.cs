using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Wellbeing;

/// <summary>
/// Who has reached a limit of severe content, wants none for a while or opted out of a category is offered other work. A case
/// that is open stays open.
/// </summary>
public sealed class ExposureOfferRule(ExposureLedger ledger) : IOfferRule
{
    /// <inheritdoc />
    public Task ReadAsync(ReadAhead reads, IReadOnlyList<Guid> people, DateTimeOffset now, CancellationToken cancellationToken) =>
        ExposureLedger.ReadAsync(reads, people, now, cancellationToken);

    /// <inheritdoc />
    public async ValueTask<OfferBar> BarAsync(ReadAhead reads, Guid personId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reads);
        Exposure exposure = await ledger.ReadAsync(reads, personId, now, cancellationToken).ConfigureAwait(false);
        return new OfferBar(
            exposure.Reading.Hold != SevereHold.None,
            exposure.OptOuts.Count == 0 ? [] : await WithChildrenAsync(reads.Db, exposure.OptOuts, cancellationToken).ConfigureAwait(false))
        {
            Passing = exposure.Reading.Hold == SevereHold.PauseDue,
        };
    }

    // A category is a policy with all below it.
    private static async Task<IReadOnlyList<string>> WithChildrenAsync(ConsoleDbContext db, IReadOnlyList<string> chosen, CancellationToken cancellationToken)
    {
        ILookup<string, string> children = (await db.Set<Policy>().Where(row => row.ParentId != null)
            .Select(row => new { row.Id, row.ParentId }).ToListAsync(cancellationToken).ConfigureAwait(false)).ToLookup(row => row.ParentId!, row => row.Id);
        SortedSet<string> all = new(StringComparer.Ordinal);
        Stack<string> open = new(chosen);
        while (open.TryPop(out string? id))
        {
            if (all.Add(id))
            {
                foreach (string child in children[id])
                {
                    open.Push(child);
                }
            }
        }

        return [.. all];
    }
}
