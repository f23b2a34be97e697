using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Queues;

/// <summary>A claim that is about to be looked at.</summary>
internal sealed record ClaimAsk(Guid PersonId, IReadOnlySet<Permission> Permissions, Guid? QueueId, LeaseSlot Slot);

/// <summary>Reads at once what the claims of a group go by: people, what they hold, their limits, and the first of what waits for them.</summary>
public sealed class ClaimForesight(OfferRules offers) : IForesight
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<bool>> ReadAsync(WriteScope scope, IReadOnlyList<object> asks, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ReadAhead reads = scope.Reads;
        HashSet<Guid> seen = [];
        // A second one of the same person finds what the first got.
        bool[] may = [.. asks.Cast<ClaimAsk>().Select(ask => seen.Add(ask.PersonId))];
        Guid[] people = [.. seen];
        IReadOnlyDictionary<Guid, KnownPerson> known = await reads.LoadAsync(ReviewerReads.People, people, cancellationToken).ConfigureAwait(false);
        await reads.LoadAsync(ReviewerReads.Queues, people.Concat(known.Values.Select(person => person.TeamId).OfType<Guid>()), cancellationToken).ConfigureAwait(false);
        IReadOnlyDictionary<Guid, List<ActiveLease>> leases = await reads.LoadAsync(ReviewerReads.Leases, people, cancellationToken).ConfigureAwait(false);
        await reads.LoadAsync(ReviewerReads.Meant, people, cancellationToken).ConfigureAwait(false);
        await offers.ReadAsync(reads, people, scope.Now, cancellationToken).ConfigureAwait(false);
        ClaimAsk[] drawing = [.. asks.Cast<ClaimAsk>().Where((ask, i) => may[i] && !HasSomething(ask, leases.GetValueOrDefault(ask.PersonId) ?? [], scope.Now))];
        ClaimPages pages = await PagesAsync(reads, drawing, scope.Now, cancellationToken).ConfigureAwait(false);
        reads.Share(pages);
        await reads.LoadAsync(
            TaskReads.Tasks, pages.Ours.Concat(leases.Values.SelectMany(held => held).Select(lease => lease.TaskNumber)), cancellationToken).ConfigureAwait(false);
        return may;
    }

    // What is held already, or was drawn ahead, is what they get.
    private static bool HasSomething(ClaimAsk ask, List<ActiveLease> held, DateTimeOffset now) =>
        held.Exists(lease => !lease.HasExpired(now) && (lease.Slot == ask.Slot || (ask.Slot == LeaseSlot.Shown && lease.Slot == LeaseSlot.Spare)));

    // One that nobody shares a queue with reads for itself as far as it has to.
    private static async Task<ClaimPages> PagesAsync(ReadAhead reads, ClaimAsk[] drawing, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Dictionary<Guid, int> wanted = [];
        foreach (ClaimAsk ask in drawing)
        {
            Reviewer? person = await Reviewer.FindAsync(reads, ask.PersonId, ask.Permissions, cancellationToken).ConfigureAwait(false);
            foreach (Guid queue in (person?.Queues ?? []).Where(queue => (ask.QueueId is null || queue == ask.QueueId) && !person!.IsPaused(queue, now)))
            {
                wanted[queue] = wanted.GetValueOrDefault(queue) + 1;
            }
        }

        Dictionary<Guid, int> shared = wanted.Where(queue => queue.Value > 1).ToDictionary();
        return shared.Count == 0 ? ClaimPages.None : await ClaimPages.ReadAsync(reads.Db, shared, cancellationToken).ConfigureAwait(false);
    }
}
