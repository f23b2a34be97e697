using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Media;

namespace ModerationConsole.Core.Queues.Stacks;

/// <summary>
/// Takes what is like the task on a person's screen, and waits for them as well, into their hands with it, so that one look can
/// settle all of it. Every member is theirs by the same right as the task itself: queue, permissions, exclusions, limits and
/// opt-outs are asked for each one.
/// </summary>
[Requires(Permission.ReviewCases)]
public sealed class GatherStack(
    IDbContextFactory<ConsoleDbContext> contexts, WritePath writes, IAccessGuard guard, OfferRules offers, WaitingLikeness likeness,
    IOptions<LeaseOptions> options, TimeProvider clock) : IUseCase
{
    /// <summary>Members of a stack at most.</summary>
    public const int MostMembers = 50;

    /// <summary>Gathers once a draw; what was gathered before stays. Returns how many members the stack has.</summary>
    public async Task<int> RunAsync(Caller caller, long taskNumber, long fence, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<GatherStack>(caller, cancellationToken).ConfigureAwait(false);
        (int held, LikeCase? about) = await LookAsync(caller, taskNumber, fence, cancellationToken).ConfigureAwait(false);
        if (held > 0 || about is null || likeness.Find(about) is not { Count: > 0 } alike)
        {
            // Most cases are like no other: they cost no write.
            return held;
        }

        IReadOnlySet<Permission> permissions = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        return await writes.RunAsync(
            (scope, token) => GatherAsync(scope, caller, permissions, taskNumber, fence, alike, token), cancellationToken, ClaimLane.Lane).ConfigureAwait(false);
    }

    private async Task<(int Held, LikeCase? About)> LookAsync(Caller caller, long taskNumber, long fence, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.Now();
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            var shown = await (
                from lease in db.Set<ActiveLease>()
                where lease.TaskNumber == taskNumber && lease.Fence == fence && lease.PersonId == caller.Id
                    && lease.Slot == LeaseSlot.Shown && lease.ExpiresAt >= now
                select new { lease.CaseNumber, Members = db.Set<ActiveLease>().Count(row => row.StackOf == taskNumber && row.PersonId == caller.Id) })
                .SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            if (shown is null || shown.Members > 0)
            {
                return (shown?.Members ?? 0, null);
            }

            // One that is not known yet, or no longer fits in, is read.
            return (0, likeness.Of(shown.CaseNumber)
                ?? (await LikenessRows.ReadAsync(db, [shown.CaseNumber], cancellationToken).ConfigureAwait(false)).SingleOrDefault());
        }
    }

    private async Task<int> GatherAsync(
        WriteScope scope, Caller caller, IReadOnlySet<Permission> permissions, long taskNumber, long fence,
        IReadOnlyList<(long CaseNumber, Alike Alike)> alike, CancellationToken cancellationToken)
    {
        if (await scope.HeldAsync(caller.Id, taskNumber, fence, cancellationToken).ConfigureAwait(false) is not { Lease.Slot: LeaseSlot.Shown } mine
            || !await MayBeStackedAsync(scope.Db, mine.Task, cancellationToken).ConfigureAwait(false))
        {
            return 0;
        }

        if (await scope.Db.MembersAsync(mine.Lease, cancellationToken).ConfigureAwait(false) is { Count: > 0 } before)
        {
            return before.Count;
        }

        Reviewer? person = await Reviewer.FindAsync(scope.Reads, caller.Id, permissions, cancellationToken).ConfigureAwait(false);
        if (person is null || !await offers.MayWorkAsync(scope.Reads, person.Id, scope.Now, cancellationToken).ConfigureAwait(false))
        {
            return 0;
        }

        StackCandidates candidates = new(scope.Db, person, alike, scope.Now);
        int place = 0;
        foreach ((WaitingTask waiting, Alike how) in await candidates.ReadAsync(mine.Task.CaseNumber, cancellationToken).ConfigureAwait(false))
        {
            if (place == MostMembers)
            {
                break;
            }

            if (await offers.MayTakeAsync(new OfferQuestion(scope.Db, person, waiting, scope.Now), cancellationToken).ConfigureAwait(false)
                && await scope.Db.TakeFirstAsync([waiting], cancellationToken).ConfigureAwait(false) is not null)
            {
                ReviewTask task = await scope.Db.Set<ReviewTask>().SingleAsync(row => row.Number == waiting.TaskNumber, cancellationToken).ConfigureAwait(false);
                scope.AddLease(caller, task, task.Lease(), person.Id, LeaseSlot.Stack, options.Value, new StackSeat(mine.Lease, ++place, how));
            }
        }

        return place;
    }

    // What measures people must not be told by what it is shown with; child safety is never shown with anything.
    private static Task<bool> MayBeStackedAsync(ConsoleDbContext db, ReviewTask task, CancellationToken cancellationToken) =>
        task.Kind != TaskKind.First ? Task.FromResult(false) : (
            from about in db.Set<Case>()
            from queue in db.Set<CaseQueue>().Where(row => row.Id == task.QueueId)
            where about.Number == task.CaseNumber && queue.Kind == QueueKind.Review && about.Sensitivity != Sensitivity.ChildSafety
                && !(from link in db.Set<ItemMedia>()
                     join file in db.Set<MediaObject>() on link.MediaId equals file.Id
                     where link.ItemVersionId == about.ItemVersionId && file.ChildSafety
                     select file.Id).Any()
            select about.Number).AnyAsync(cancellationToken);
}
