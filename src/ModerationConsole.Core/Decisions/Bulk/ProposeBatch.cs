using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions.Bulk;

/// <summary>What came of proposing a batch.</summary>
public enum ProposeOutcome
{
    Proposed,

    /// <summary>No case is chosen.</summary>
    NothingChosen,

    /// <summary>The order is not whole: no queue, no code, actions without a violation.</summary>
    OrderInvalid,

    /// <summary>Reason or note is too long.</summary>
    TextTooLong,

    /// <summary>The queue takes nothing.</summary>
    QueueClosed,
}

/// <summary>The answer to a proposal.</summary>
/// <param name="Number">The batch, where there is one.</param>
/// <param name="Cut">Whether more were chosen than one batch takes: it holds the oldest.</param>
public sealed record ProposeResult(ProposeOutcome Outcome, long? Number = null, bool Cut = false);

/// <summary>
/// Puts together what would be done to many cases, so that it can be looked at before it begins. The cases are those of this
/// moment; nothing happens to any of them yet. An earlier proposal of the same person that was not begun is forgotten.
/// </summary>
[Requires(Permission.ActInBulk)]
public sealed class ProposeBatch : IUseCase
{
    /// <summary>Cases that one batch takes.</summary>
    public const int MostMembers = 5_000;

    // Small enough that nobody who decides waits for it.
    private const int PartSize = 200;

    private readonly IDbContextFactory<ConsoleDbContext> _contexts;
    private readonly WritePath _writes;
    private readonly IAccessGuard _guard;
    private readonly SelectCases _select;
    private readonly TimeProvider _clock;

    /// <summary>Made by the container.</summary>
    public ProposeBatch(
        IDbContextFactory<ConsoleDbContext> contexts, WritePath writes, IAccessGuard guard, ICaseWhereabouts whereabouts, IUnseenCases unseen, ITextSearch search,
        TimeProvider clock)
    {
        (_contexts, _writes, _guard, _select, _clock) = (contexts, writes, guard, new SelectCases(whereabouts, unseen, search, clock), clock);
    }

    /// <summary>Proposes it.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not act in bulk, or not in that way.</exception>
    public async Task<ProposeResult> RunAsync(Caller caller, CaseSelection selection, BulkOrder order, CancellationToken cancellationToken)
    {
        await _guard.DemandAsync<ProposeBatch>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(selection);
        ArgumentNullException.ThrowIfNull(order);
        IReadOnlySet<Permission> held = await _guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        BulkRights.Demand(order.Act, held);
        BulkOrder clean = order with { ReasonForUser = DecisionText.Clean(order.ReasonForUser), InternalNote = DecisionText.Clean(order.InternalNote) };
        if (RefusalOf(clean) is { } refusal)
        {
            return new ProposeResult(refusal);
        }

        ConsoleDbContext db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            if (clean.QueueId is { } queueId && !await db.Set<CaseQueue>().AnyAsync(row => row.Id == queueId && !row.Archived, cancellationToken).ConfigureAwait(false))
            {
                return new ProposeResult(ProposeOutcome.QueueClosed);
            }

            List<long> numbers = await _select.RunAsync(db, caller, selection, held, MostMembers, cancellationToken).ConfigureAwait(false);
            if (numbers.Count == 0)
            {
                return new ProposeResult(ProposeOutcome.NothingChosen);
            }

            clean = clean with
            {
                PolicyVersion = await db.Set<Policy>().Where(row => row.Id == clean.PolicyId).Select(row => (int?)row.CurrentVersion)
                    .SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false),
            };
            BulkForecast forecast = new(db, caller, clean, held, _clock.Now());
            long batch = await OpenAsync(caller, clean, cancellationToken).ConfigureAwait(false);
            foreach (long[] part in numbers.Take(MostMembers).Chunk(PartSize))
            {
                IReadOnlyList<BatchMember> members = await forecast.MembersAsync(batch, part, cancellationToken).ConfigureAwait(false);
                await _writes.RunAsync(
                    (scope, _) =>
                    {
                        scope.Db.AddRange(members);
                        return Task.FromResult(true);
                    },
                    cancellationToken).ConfigureAwait(false);
            }

            return new ProposeResult(ProposeOutcome.Proposed, batch, numbers.Count > MostMembers);
        }
    }

    private static ProposeOutcome? RefusalOf(BulkOrder order) => order.Act switch
    {
        BulkAct.Move => order.QueueId is null ? ProposeOutcome.OrderInvalid : null,
        BulkAct.Close => CloseCodes.All.Contains(order.CloseCode) ? null : ProposeOutcome.OrderInvalid,
        BulkAct.Decide => DecisionCheck.RefusalOf(BulkDeciding.CommandOf(order, 0, [])) switch
        {
            null => order.Verdict != Verdict.Violation && order.Actions.Count > 0 ? ProposeOutcome.OrderInvalid : null,
            DecideOutcome.TextTooLong => ProposeOutcome.TextTooLong,
            _ => ProposeOutcome.OrderInvalid,
        },
        _ => ProposeOutcome.OrderInvalid,
    };

    private Task<long> OpenAsync(Caller caller, BulkOrder order, CancellationToken cancellationToken) => _writes.RunAsync(
        async (scope, token) =>
        {
            long[] older = await scope.Db.Set<BulkBatch>().Where(row => row.PersonId == caller.Id && row.State == BatchState.Proposed)
                .Select(row => row.Number).ToArrayAsync(token).ConfigureAwait(false);
            await scope.Db.Set<BatchMember>().Where(row => older.Contains(row.BatchNumber)).ExecuteDeleteAsync(token).ConfigureAwait(false);
            await scope.Db.Set<BulkBatch>().Where(row => older.Contains(row.Number)).ExecuteDeleteAsync(token).ConfigureAwait(false);
            BulkBatch batch = new() { PersonId = caller.Id, Act = order.Act, Content = order.Write(), ProposedAt = scope.Now };
            scope.Db.Add(batch);
            await scope.Db.SaveChangesAsync(token).ConfigureAwait(false);
            return batch.Number;
        },
        cancellationToken);
}
