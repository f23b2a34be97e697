using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;

namespace ModerationConsole.Core.Decisions.Bulk;

/// <summary>What came of beginning a batch.</summary>
public enum StartOutcome
{
    Started,

    /// <summary>No proposal of the caller's under that number, or it was begun before.</summary>
    NotFound,

    /// <summary>Nothing can be done to any of its cases.</summary>
    NothingToDo,

    /// <summary>It has so many cases that their number must be typed, and it was not.</summary>
    CountNeeded,

    /// <summary>It is more than one person may do alone: a second one must be asked, see <see cref="AskForBatch"/>.</summary>
    SecondNeeded,
}

/// <summary>
/// Begins a proposed batch. The person who proposed it says how many cases it has where these are many, and begins no more of them
/// alone than <see cref="MassActionOptions"/> allow.
/// </summary>
[Requires(Permission.ActInBulk)]
public sealed class StartBatch(WritePath writes, IAccessGuard guard, IOptions<MassActionOptions> options) : IUseCase
{
    /// <summary>Above this many the number must be typed.</summary>
    public const int MostWithoutCount = 50;

    /// <summary>Begins it once.</summary>
    /// <param name="typed">How many cases the caller says it has.</param>
    public async Task<StartOutcome> RunAsync(Caller caller, long number, int? typed, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<StartBatch>(caller, cancellationToken).ConfigureAwait(false);
        IReadOnlySet<Permission> held = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        return await writes.RunAsync(
            async (scope, token) =>
            {
                BulkBatch? batch = await scope.Db.Set<BulkBatch>()
                    .SingleOrDefaultAsync(row => row.Number == number && row.PersonId == caller.Id && row.State == BatchState.Proposed, token).ConfigureAwait(false);
                if (batch is null)
                {
                    return StartOutcome.NotFound;
                }

                BulkRights.Demand(batch.Act, held);
                int members = await scope.Db.Set<BatchMember>().CountAsync(row => row.BatchNumber == number && row.State == MemberState.Waiting, token).ConfigureAwait(false);
                if (members == 0 || (members > MostWithoutCount && typed != members))
                {
                    return members == 0 ? StartOutcome.NothingToDo : StartOutcome.CountNeeded;
                }

                if (await options.Value.AreBeyondAsync(scope.Db, caller.Id, members, scope.Now, token).ConfigureAwait(false))
                {
                    return StartOutcome.SecondNeeded;
                }

                batch.Start(scope.Now);
                scope.Record(caller, AuditAct.BatchStarted, subject: batch.Id.ToString(), details: new Dictionary<string, object?>
                {
                    ["act"] = batch.Act.ToString(), ["batch"] = number, ["cases"] = members,
                });
                scope.Publish(LiveKind.BatchChanged, personId: batch.PersonId, state: $"{number}");
                return StartOutcome.Started;
            },
            cancellationToken).ConfigureAwait(false);
    }
}
