using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;

namespace ModerationConsole.Core.Decisions;

/// <summary>What became of a withdrawal.</summary>
public enum WithdrawOutcome
{
    Withdrawn,

    /// <summary>No such case.</summary>
    NotFound,

    /// <summary>It was closed before.</summary>
    AlreadyClosed,
}

/// <summary>
/// The platform says that the item is gone: nothing is left to judge. Open tasks are withdrawn, a desk that shows one learns by
/// the event of its lease, the case is closed and its history kept. What was decided before stands, and is still sent.
/// </summary>
[Requires(Permission.SubmitItems)]
public sealed class WithdrawCase(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Withdraws a case.</summary>
    public async Task<WithdrawOutcome> RunAsync(Caller caller, long caseNumber, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<WithdrawCase>(caller, cancellationToken).ConfigureAwait(false);
        return await writes.RunAsync(
            async (scope, token) =>
            {
                Case? about = await scope.Db.Set<Case>().SingleOrDefaultAsync(row => row.Number == caseNumber, token).ConfigureAwait(false);
                if (about is null or { State: CaseState.Closed })
                {
                    return about is null ? WithdrawOutcome.NotFound : WithdrawOutcome.AlreadyClosed;
                }

                await scope.WithdrawCaseAsync(caller, about, token).ConfigureAwait(false);
                return WithdrawOutcome.Withdrawn;
            },
            cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>Withdraws cases from within another write, such as an item that came in marked as deleted.</summary>
public static class CaseWithdrawal
{
    /// <summary>Withdraws the open tasks of a case and closes it. The case must not be closed.</summary>
    public static async Task WithdrawCaseAsync(this WriteScope scope, Caller caller, Case about, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(about);
        await scope.WithdrawOpenTasksAsync(caller, about, except: null, cancellationToken).ConfigureAwait(false);
        about.Close(scope.Now);
        scope.Tell(about, CaseEventKind.Withdrawn, text: "gone");
        scope.Record(caller, AuditAct.CaseWithdrawn, about.Number, details: new Dictionary<string, object?> { ["code"] = "gone" });
        scope.Publish(LiveKind.CaseChanged, about.Number, state: about.State.ToString(), childSafety: about.Sensitivity == Sensitivity.ChildSafety);
    }
}
