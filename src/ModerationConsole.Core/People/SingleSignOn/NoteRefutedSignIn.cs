using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People.SingleSignOn;

/// <summary>Records that what came back from a provider did not hold: someone may have tampered with it.</summary>
[Anonymous("Whoever came back is nobody; that they tried is kept.")]
public sealed class NoteRefutedSignIn(WritePath writes) : IUseCase
{
    /// <summary>Records it.</summary>
    public Task RunAsync(string provider, CancellationToken cancellationToken) => writes.RunAsync(
        (scope, _) =>
        {
            scope.Record(Caller.System, AuditAct.SignInFailed, details: new Dictionary<string, object?> { ["provider"] = provider, ["reason"] = "refuted" });
            return Task.FromResult(true);
        },
        cancellationToken);
}
