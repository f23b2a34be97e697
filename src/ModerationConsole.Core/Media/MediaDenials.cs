using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Media;

/// <summary>Records who was refused which media, and why.</summary>
public sealed class MediaDenials(IDbContextFactory<ConsoleDbContext> contexts, WritePath writes)
{
    /// <summary>Records a refusal of media that exists. What never existed leaves no trace: guesses must not fill the audit.</summary>
    /// <param name="caller">Who asked; null for a stranger.</param>
    /// <param name="step">What was asked for; null when it was no step.</param>
    public async Task RecordAsync(Caller? caller, Guid mediaId, MediaStep? step, MediaGateOutcome outcome, CancellationToken cancellationToken)
    {
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            if (!await db.Set<MediaObject>().AnyAsync(row => row.Id == mediaId, cancellationToken).ConfigureAwait(false))
            {
                return;
            }
        }

        // Not given up with the request: hanging up must not keep an attempt out of the audit.
        await writes.RunAsync(
            (scope, _) =>
            {
                Add(scope, caller, mediaId, step, outcome.ToString());
                return Task.FromResult(true);
            },
            CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>The entry itself, inside a write.</summary>
    internal static void Add(WriteScope scope, Caller? caller, Guid mediaId, MediaStep? step, string outcome)
    {
        Dictionary<string, object?> details = new() { ["outcome"] = outcome };
        if (step is { } asked)
        {
            details["step"] = (int)asked;
        }

        if (caller is null)
        {
            details["by"] = "stranger";
        }

        scope.Record(caller ?? Caller.System, AuditAct.MediaDenied, subject: mediaId.ToString(), details: details);
    }
}
