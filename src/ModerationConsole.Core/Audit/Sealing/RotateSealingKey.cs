using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Audit.Sealing;

/// <summary>Makes a new key for tree heads. Old heads stay provable: their public key is kept, only its private half goes.</summary>
[Requires(Permission.ManageKeys)]
public sealed class RotateSealingKey(WritePath writes, IAccessGuard guard, SealingKeys keys) : IUseCase
{
    /// <summary>Rotates. Returns the id of the new key.</summary>
    public async Task<string> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<RotateSealingKey>(caller, cancellationToken).ConfigureAwait(false);
        string before = keys.CurrentId();
        NewSealingKey fresh = keys.Make();
        // Recorded first: a key that signs unrecorded would be worse than a record of one that does not.
        await writes.RunAsync(
            (scope, _) => Task.FromResult(scope.Record(caller, AuditAct.AuditKeyRotated, subject: fresh.Id, details: new Dictionary<string, object?> { ["before"] = before })),
            cancellationToken).ConfigureAwait(false);
        keys.Adopt(fresh);
        return fresh.Id;
    }
}
