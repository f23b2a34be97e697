using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Audit.Sealing;

/// <summary>
/// Makes a new key for tree heads. It signs from the head on that covers the rotation's own entry: the sealer takes it into use
/// when it comes to that entry, so that what is recorded happens, whatever dies in between. Old heads stay provable: their public
/// key is kept, only its private half goes.
/// </summary>
[Requires(Permission.ManageKeys)]
public sealed class RotateSealingKey(WritePath writes, IAccessGuard guard, SealingKeys keys) : IUseCase
{
    /// <summary>Rotates. Returns the id of the new key.</summary>
    public async Task<string> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<RotateSealingKey>(caller, cancellationToken).ConfigureAwait(false);
        string before = keys.CurrentId();
        string fresh = keys.Make();
        await writes.RunAsync(
            (scope, _) => Task.FromResult(scope.Record(caller, AuditAct.AuditKeyRotated, subject: fresh, details: new Dictionary<string, object?> { ["before"] = before })),
            cancellationToken).ConfigureAwait(false);
        return fresh;
    }
}
