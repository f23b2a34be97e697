using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People.SingleSignOn;

/// <summary>What follows when a provider ends someone's session.</summary>
internal static class ProviderEnd
{
    /// <summary>What the person held goes back, and the audit says who ended it.</summary>
    public static async Task EndedByProviderAsync(
        this WriteScope scope, IEnumerable<IPersonObserver> observers, Guid personId, string provider, string reason, CancellationToken cancellationToken)
    {
        await scope.LeaveAsync(observers, Caller.System, personId, PersonChange.SignedOut, cancellationToken).ConfigureAwait(false);
        scope.Record(
            Caller.System, AuditAct.ProviderSessionEnded, subject: personId.ToString(),
            details: new Dictionary<string, object?> { ["provider"] = provider, ["reason"] = reason });
    }
}
