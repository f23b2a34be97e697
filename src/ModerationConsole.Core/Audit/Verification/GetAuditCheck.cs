using ModerationConsole.Core.Access;

namespace ModerationConsole.Core.Audit.Verification;

/// <summary>What this node last found when it verified the audit by itself.</summary>
[Requires(Permission.ViewAudit)]
public sealed class GetAuditCheck(WatchAudit watch, IAccessGuard guard) : IUseCase
{
    /// <summary>The last check; null before the first since the start.</summary>
    public async Task<AuditCheck?> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<GetAuditCheck>(caller, cancellationToken).ConfigureAwait(false);
        return watch.Last;
    }
}
