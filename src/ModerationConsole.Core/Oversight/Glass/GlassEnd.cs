using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;
using ModerationConsole.Core.People.Glass;

namespace ModerationConsole.Core.Oversight.Glass;

/// <summary>What ending by hand and by time share.</summary>
internal static class GlassEnd
{
    public static async Task EndAsync(
        this WriteScope scope, Caller caller, GlassBreak glass, DateTimeOffset at, IAccessGuard guard, CancellationToken cancellationToken)
    {
        glass.EndedAt = at;
        scope.Record(caller, AuditAct.GlassEnded, subject: glass.Id.ToString(), details: new Dictionary<string, object?> { ["person"] = glass.PersonId, ["role"] = glass.Role });
        scope.TellOf(glass.PersonId, PersonChange.Access, guard);
        await scope.TellWatchersAsync(cancellationToken).ConfigureAwait(false);
    }
}
