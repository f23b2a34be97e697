using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions.Desk;

/// <summary>Reads what the desk shows of a task that the caller holds on their screen, or will show of the one drawn ahead.</summary>
[Requires(Permission.ReviewCases)]
public sealed class GetDeskCase(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, IEnumerable<ICaseGrounds> rules, IStrikesOnDesk strikes, IDecisionHaste haste, TimeProvider clock) : IUseCase
{
    /// <summary>The case, or null when the caller does not hold the task (any more) or may not see it.</summary>
    /// <param name="slot">Where the caller must hold it. What is drawn ahead is read for the server only: no page shows it before it is drawn.</param>
    public async Task<DeskCase?> RunAsync(
        Caller caller, long taskNumber, CancellationToken cancellationToken, LeaseSlot slot = LeaseSlot.Shown)
    {
        await guard.DemandAsync<GetDeskCase>(caller, cancellationToken).ConfigureAwait(false);
        bool seesChildSafety = await guard.HasAsync(caller, Permission.ChildSafety, cancellationToken).ConfigureAwait(false);
        DateTimeOffset now = clock.Now();
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            var held = await (
                from lease in db.Set<ActiveLease>().AsNoTracking()
                join task in db.Set<ReviewTask>() on lease.TaskNumber equals task.Number
                join about in db.Set<Case>() on task.CaseNumber equals about.Number
                join queue in db.Set<CaseQueue>() on task.QueueId equals queue.Id
                join item in db.Set<ItemVersion>() on about.ItemVersionId equals item.Id
                where lease.TaskNumber == taskNumber && lease.PersonId == caller.Id && lease.Slot == slot && lease.ExpiresAt >= now
                select new { lease.Fence, Task = task, Case = about, Queue = queue, Item = item }).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            if (held is null || (held.Case.Sensitivity == Sensitivity.ChildSafety && !seesChildSafety))
            {
                return null;
            }

            // A blind judgement must not learn what came after the one that it tests.
            DeskThen? then = null;
            if (!held.Task.ChangesCase)
            {
                then = await DeskThen.ReadAsync(db, held.Task, cancellationToken).ConfigureAwait(false);
                if (then is null)
                {
                    return null;
                }
            }

            DeskReading reading = new(db, held.Case, held.Item, seesChildSafety, now) { Then = then };
            DeskItems items = await DeskItems.ReadAsync(reading, cancellationToken).ConfigureAwait(false);
            DeskQueue asks = RulesOf(held.Queue);
            IReadOnlyList<DeskReport> reports = await DeskPast.ReportsAsync(reading, cancellationToken).ConfigureAwait(false);
            List<CaseGround> grounds = await GroundsAsync(reading, cancellationToken).ConfigureAwait(false);
            DeskAuthor? author = await DeskAuthors.ReadAsync(reading, cancellationToken).ConfigureAwait(false);
            return new DeskCase
            {
                TaskNumber = held.Task.Number,
                Fence = held.Fence,
                CaseNumber = held.Task.ChangesCase ? held.Case.Number : null,
                Kind = held.Task.Kind,
                Queue = asks,
                AtOnce = asks.Kind == QueueKind.Emergency || await haste.IsEmergencyAsync(db, held.Task, cancellationToken).ConfigureAwait(false),
                Sensitivity = then?.Snapshot.Sensitivity ?? held.Case.Sensitivity,
                Severity = then?.Snapshot.Severity ?? held.Case.Severity,
                DueAt = held.Task.DueAt == Instant.Never ? null : held.Task.DueAt,
                Language = held.Case.Language,
                Source = held.Case.Source,
                // A blind judgement must not learn of one that came later.
                Noticed = held.Task.ChangesCase && held.Case.Noticed,
                OpenedAt = held.Case.OpenedAt,
                CaseVersion = then?.CaseVersion ?? held.Case.CaseVersion,
                Item = items.Judged,
                Media = items.Media,
                Author = author,
                Strikes = author is null ? null : await strikes.OfAsync(
                    new StrikesQuestion(db, author.TypeId, author.Id, seesChildSafety, then?.At ?? now, reading.AsOf), cancellationToken).ConfigureAwait(false),
                Reports = reports,
                Grounds = grounds,
                Matches = DeskMatches.Of(items.Judged, grounds, reports),
                Thread = items.Thread,
                Related = items.Related,
                History = await DeskPast.EventsAsync(reading, cancellationToken).ConfigureAwait(false),
                EarlierDecisions = await DeskPast.DecisionsAsync(reading, cancellationToken).ConfigureAwait(false),
                Policies = await DeskChoices.PoliciesAsync(reading, asks, cancellationToken).ConfigureAwait(false),
                Actions = await DeskChoices.ActionsAsync(reading, held.Queue, items, cancellationToken).ConfigureAwait(false),
                Draft = await db.Set<Draft>().Where(row => row.TaskNumber == taskNumber && row.PersonId == caller.Id)
                    .Select(row => row.Content).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false),
            };
        }
    }

    private async Task<List<CaseGround>> GroundsAsync(DeskReading reading, CancellationToken cancellationToken)
    {
        List<CaseGround> grounds = [];
        foreach (ICaseGrounds rule in rules)
        {
            grounds.AddRange(await rule.OfAsync(reading.Db, reading.Case, cancellationToken).ConfigureAwait(false));
        }

        return grounds;
    }

    private static DeskQueue RulesOf(CaseQueue queue) => new(
        queue.Id, queue.Name, queue.Slug, queue.Kind, queue.PolicyRequired, queue.ReasonRequired, ActionScope.List(queue.PinnedPolicies));
}

/// <summary>What all parts of one reading share.</summary>
internal sealed record DeskReading(ConsoleDbContext Db, Case Case, ItemVersion Item, bool SeesChildSafety, DateTimeOffset Now)
{
    /// <summary>The decision that is judged again; null where the case itself is judged.</summary>
    public DeskThen? Then { get; init; }

    /// <summary>The time as of which everything is read, UTC; what is as late is left out where <see cref="Then"/> is set.</summary>
    public DateTimeOffset AsOf => Then?.At ?? Instant.Never;
}
