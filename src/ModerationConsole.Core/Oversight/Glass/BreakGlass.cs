using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.People;
using ModerationConsole.Core.People.Glass;

namespace ModerationConsole.Core.Oversight.Glass;

/// <summary>What came of breaking glass.</summary>
public enum BreakGlassOutcome
{
    /// <summary>The person has the role from now on.</summary>
    Broken,

    /// <summary>It takes a reason; blanks are none.</summary>
    ReasonRequired,

    /// <summary>The reason is longer than <see cref="BreakGlass.LongestReason"/>.</summary>
    ReasonTooLong,

    /// <summary>It is no standing role, or the person holds it already.</summary>
    RoleInvalid,

    /// <summary>Less than a minute, or longer than the settings allow.</summary>
    MinutesInvalid,

    /// <summary>One is on: it is ended first.</summary>
    OneIsOn,

    /// <summary>They would hold what is to stay apart.</summary>
    Apart,

    /// <summary>The caller must first prove again who they are.</summary>
    ProveFirst,
}

/// <summary>Takes a standing role for a while, with a reason. Every auditor is told at once.</summary>
[Requires(Permission.BreakGlass)]
public sealed class BreakGlass(WritePath writes, IAccessGuard guard, IRecentProof proof, Separation separation, IOptions<GlassOptions> options) : IUseCase
{
    /// <summary>Longest reason, in characters.</summary>
    public const int LongestReason = TextLength.Line;

    /// <summary>Breaks it.</summary>
    public async Task<BreakGlassOutcome> RunAsync(Caller caller, string role, int minutes, string? reason, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<BreakGlass>(caller, cancellationToken).ConfigureAwait(false);
        if (!await proof.IsFreshAsync(caller, cancellationToken).ConfigureAwait(false))
        {
            return BreakGlassOutcome.ProveFirst;
        }

        string why = DecisionText.Clean(reason) ?? "";
        return why.Length == 0 ? BreakGlassOutcome.ReasonRequired
            : why.Length > LongestReason ? BreakGlassOutcome.ReasonTooLong
            : minutes < 1 || minutes > options.Value.Minutes ? BreakGlassOutcome.MinutesInvalid
            : caller.Kind != CallerKind.Person || !Roles.All.Contains(role) ? BreakGlassOutcome.RoleInvalid
            : await writes.RunAsync((scope, cancel) => BreakAsync(scope, caller, role, minutes, why, cancel), cancellationToken).ConfigureAwait(false);
    }

    private async Task<BreakGlassOutcome> BreakAsync(WriteScope scope, Caller caller, string role, int minutes, string reason, CancellationToken cancellationToken)
    {
        if (await scope.Db.GlassOf(caller.Id, scope.Now).AnyAsync(cancellationToken).ConfigureAwait(false))
        {
            return BreakGlassOutcome.OneIsOn;
        }

        List<string> held = await scope.RolesOfAsync(caller.Id, cancellationToken).ConfigureAwait(false);
        if (held.Contains(role, StringComparer.Ordinal))
        {
            return BreakGlassOutcome.RoleInvalid;
        }

        if (await separation.ForbidsAsync(scope, caller.Id, [.. held, role], cancellationToken).ConfigureAwait(false))
        {
            return BreakGlassOutcome.Apart;
        }

        int former = await scope.Db.Set<GlassBreak>().Where(row => row.PersonId == caller.Id).MaxAsync(row => (int?)row.Ordinal, cancellationToken).ConfigureAwait(false) ?? 0;
        GlassBreak glass = new()
        {
            PersonId = caller.Id, Ordinal = former + 1, Role = role, Reason = reason, StartedAt = scope.Now, EndsAt = scope.Now.AddMinutes(minutes),
        };
        scope.Db.Add(glass);
        // Roles that are given to them at the same moment meet this.
        scope.Touch(await scope.Db.Set<Moderator>().SingleAsync(row => row.Id == caller.Id, cancellationToken).ConfigureAwait(false));
        scope.Record(caller, AuditAct.GlassBroken, subject: glass.Id.ToString(), details: new Dictionary<string, object?> { ["minutes"] = minutes, ["role"] = role });
        scope.TellOf(caller.Id, PersonChange.Access, guard);
        await scope.TellWatchersAsync(cancellationToken).ConfigureAwait(false);
        return BreakGlassOutcome.Broken;
    }
}
