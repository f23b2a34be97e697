using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Media;

/// <summary>What a person who asked for a step of a media object gets.</summary>
/// <param name="Outcome">What the gate said.</param>
/// <param name="Content">The bytes when allowed; the receiver disposes of them.</param>
/// <param name="ContentType">Their type, ours and not the source's.</param>
public sealed record OpenedMedia(MediaGateOutcome Outcome, Stream? Content = null, string? ContentType = null);

/// <summary>Opens a step of the ladder for one person, through the gate. The only way media leaves the store.</summary>
[Requires(Permission.ViewCases)]
public sealed class OpenMedia(
    IDbContextFactory<ConsoleDbContext> contexts, IMediaStore store, IAccessGuard guard, WritePath writes) : IUseCase
{
    private const string StillType = "image/jpeg";

    /// <summary>Opens the step, or says why not; a refusal other than "there is none" is in the audit.</summary>
    public async Task<OpenedMedia> RunAsync(Caller caller, Guid mediaId, int step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await guard.DemandAsync<OpenMedia>(caller, cancellationToken).ConfigureAwait(false);
        var permissions = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        var media = await FindAsync(mediaId, cancellationToken).ConfigureAwait(false);
        if (media is null)
        {
            return new OpenedMedia(MediaGateOutcome.NotRendered);
        }

        var viewer = new MediaViewer(caller.Kind == CallerKind.Person, permissions);
        var outcome = MediaGate.Decide(new MediaFacts(media.State, media.ChildSafety), (MediaStep)step, viewer);
        if (outcome == MediaGateOutcome.Allowed)
        {
            var content = store.OpenRendition(media.Sha256!, MediaStep.BlurredStill);
            return content is null
                ? new OpenedMedia(MediaGateOutcome.NotRendered)
                : new OpenedMedia(outcome, content, StillType);
        }

        if (outcome != MediaGateOutcome.NotRendered)
        {
            await RecordAsync(caller, mediaId, step, outcome, cancellationToken).ConfigureAwait(false);
        }

        return new OpenedMedia(outcome);
    }

    private async Task<MediaObject?> FindAsync(Guid mediaId, CancellationToken cancellationToken)
    {
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await db.Set<MediaObject>().AsNoTracking()
                .SingleOrDefaultAsync(row => row.Id == mediaId, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task<AuditEntry> RecordAsync(
        Caller caller, Guid mediaId, int step, MediaGateOutcome outcome, CancellationToken cancellationToken) =>
        writes.RunAsync(
            (scope, _) => Task.FromResult(scope.Record(
                caller,
                AuditAct.MediaDenied,
                subject: mediaId.ToString(),
                details: new Dictionary<string, object?> { ["outcome"] = outcome.ToString(), ["step"] = step })),
            cancellationToken);
}
