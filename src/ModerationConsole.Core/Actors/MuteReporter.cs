using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Actors;

/// <summary>What became of muting.</summary>
public enum MuteReporterOutcome
{
    /// <summary>Its reports have no effect from now on.</summary>
    Muted,

    /// <summary>It is muted already.</summary>
    AlreadyMuted,

    /// <summary>Why is not said.</summary>
    ReasonRequired,

    /// <summary>What was written is longer than 5 000 characters.</summary>
    TextTooLong,

    /// <summary>The account is named by nothing, or by more than 200 characters.</summary>
    AccountInvalid,
}

/// <summary>
/// Mutes an account that reports to harm. Its reports are kept but make no case and raise no priority; one that says it concerns
/// child safety is taken in all the same.
/// </summary>
[Requires(Permission.MuteReporters)]
public sealed class MuteReporter(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Mutes it.</summary>
    /// <param name="reason">Why, for the team.</param>
    public async Task<MuteReporterOutcome> RunAsync(Caller caller, PlatformActor account, string? reason, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<MuteReporter>(caller, cancellationToken).ConfigureAwait(false);
        string why = (reason ?? "").Trim();
        return account.Id is not { Length: > 0 and <= TextLength.Id } || account.TypeId is not { Length: > 0 and <= TextLength.Id } ? MuteReporterOutcome.AccountInvalid
            : why.Length == 0 ? MuteReporterOutcome.ReasonRequired
            : why.Length > TextLength.Note ? MuteReporterOutcome.TextTooLong
            : await writes.RunAsync((scope, token) => MuteAsync(scope, caller, account, why, token), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<MuteReporterOutcome> MuteAsync(WriteScope scope, Caller caller, PlatformActor account, string reason, CancellationToken cancellationToken)
    {
        if (await scope.Db.IsMutedAsync(account, cancellationToken).ConfigureAwait(false))
        {
            return MuteReporterOutcome.AlreadyMuted;
        }

        scope.Db.Add(new MutedReporter { TypeId = account.TypeId, AccountId = account.Id, Reason = reason, MutedBy = caller.Id, MutedAt = scope.Now });
        scope.Record(caller, AuditAct.ReporterMuted, subject: MutedReporters.Code(account));
        return MuteReporterOutcome.Muted;
    }
}

/// <summary>Lets an account's reports have their effect again. What came in meanwhile stays without.</summary>
[Requires(Permission.MuteReporters)]
public sealed class UnmuteReporter(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Whether it was muted.</summary>
    public async Task<bool> RunAsync(Caller caller, PlatformActor account, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<UnmuteReporter>(caller, cancellationToken).ConfigureAwait(false);
        return await writes.RunAsync(
            async (scope, token) =>
            {
                MutedReporter? row = await scope.Db.Set<MutedReporter>()
                    .SingleOrDefaultAsync(one => one.TypeId == account.TypeId && one.AccountId == account.Id, token).ConfigureAwait(false);
                if (row is null)
                {
                    return false;
                }

                scope.Db.Remove(row);
                scope.Record(caller, AuditAct.ReporterUnmuted, subject: MutedReporters.Code(account));
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }
}
