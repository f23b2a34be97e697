using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;

namespace ModerationConsole.Core.Decisions.Bulk;

/// <summary>What came of asking for a batch.</summary>
public enum AskOutcome
{
    Asked,

    /// <summary>No proposal of the caller's under that number, or it was begun or asked for before.</summary>
    NotFound,

    /// <summary>Nothing can be done to any of its cases.</summary>
    NothingToDo,

    /// <summary>Whoever is asked must know why; blanks are no reason.</summary>
    ReasonRequired,

    /// <summary>The reason is longer than <see cref="AskForBatch.LongestReason"/>.</summary>
    ReasonTooLong,

    /// <summary>So many batches of the caller's wait already that this one must wait for them.</summary>
    TooMany,
}

/// <summary>Asks a second person for a proposed batch that is more than one person may do alone. Nothing of it is done until they say yes.</summary>
[Requires(Permission.ActInBulk)]
public sealed class AskForBatch(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Longest reason, in characters.</summary>
    public const int LongestReason = TextLength.Line;

    /// <summary>Batches of one person that may wait at a time.</summary>
    public const int MostWaiting = 5;

    /// <summary>Asks once.</summary>
    public async Task<AskOutcome> RunAsync(Caller caller, long number, string? reason, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<AskForBatch>(caller, cancellationToken).ConfigureAwait(false);
        IReadOnlySet<Permission> held = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        if (DecisionText.Clean(reason) is not { Length: <= LongestReason } why)
        {
            return DecisionText.Clean(reason) is null ? AskOutcome.ReasonRequired : AskOutcome.ReasonTooLong;
        }

        return await writes.RunAsync(
            async (scope, token) =>
            {
                BulkBatch? batch = await scope.Db.Set<BulkBatch>()
                    .SingleOrDefaultAsync(row => row.Number == number && row.PersonId == caller.Id && row.State == BatchState.Proposed, token).ConfigureAwait(false);
                if (batch is null)
                {
                    return AskOutcome.NotFound;
                }

                BulkRights.Demand(batch.Act, held);
                int members = await scope.Db.Set<BatchMember>().CountAsync(row => row.BatchNumber == number && row.State == MemberState.Waiting, token).ConfigureAwait(false);
                if (members == 0 || await scope.Db.Set<BulkBatch>().CountAsync(row => row.PersonId == caller.Id && row.State == BatchState.Asked, token).ConfigureAwait(false) >= MostWaiting)
                {
                    return members == 0 ? AskOutcome.NothingToDo : AskOutcome.TooMany;
                }

                batch.Ask(why, scope.Now);
                scope.Record(caller, AuditAct.BatchAsked, subject: batch.Id.ToString(), details: new Dictionary<string, object?>
                {
                    ["act"] = batch.Act.ToString(), ["batch"] = number, ["cases"] = members,
                });
                scope.Publish(LiveKind.BatchChanged, personId: batch.PersonId, state: $"{number}");
                await scope.TellApproversAsync(token).ConfigureAwait(false);
                return AskOutcome.Asked;
            },
            cancellationToken).ConfigureAwait(false);
    }
}
