using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Media;

/// <summary>What a person who asked for a step of a media object gets.</summary>
/// <param name="Outcome">What the gate said.</param>
/// <param name="Content">The bytes when allowed; the receiver disposes of them. They end with the permission to see them.</param>
/// <param name="ContentType">Their type, ours and not the source's.</param>
public sealed record OpenedMedia(MediaGateOutcome Outcome, Stream? Content = null, string? ContentType = null);

/// <summary>Opens a step of the ladder for one person, through the gate. The only way media leaves the store.</summary>
[Requires(Permission.ViewCases)]
public sealed class OpenMedia(
    IDbContextFactory<ConsoleDbContext> contexts, StepReader steps, TileCutter cutter, IMediaShowing showing, IAccessGuard guard, MediaDenials denials, TimeProvider clock)
    : IUseCase
{
    /// <summary>Opens the step, or says why not; a refusal other than "there is none" is in the audit.</summary>
    /// <param name="step">A step of the ladder.</param>
    /// <param name="revealId">The reveal by which a step above 0 was granted.</param>
    /// <param name="tile">The one part of a still that is asked for; null for the whole.</param>
    public async Task<OpenedMedia> RunAsync(
        Caller caller, Guid mediaId, MediaStep step, Guid? revealId, MediaTile? tile, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await guard.DemandAsync<OpenMedia>(caller, cancellationToken).ConfigureAwait(false);
        Sight sight = await LookAsync(caller, mediaId, step, revealId, tile, cancellationToken).ConfigureAwait(false);
        if (sight is { Outcome: MediaGateOutcome.Allowed, Sha256: { } sha256 })
        {
            StepContent? opened = await steps.OpenAsync(sha256, step, cancellationToken).ConfigureAwait(false);
            if (opened is not null && tile is not null)
            {
                opened = await CutAsync(sha256, step, opened, tile, cancellationToken).ConfigureAwait(false);
            }

            return opened is null
                ? new OpenedMedia(MediaGateOutcome.NotRendered)
                : new OpenedMedia(
                    sight.Outcome,
                    step == MediaStep.BlurredStill ? opened.Content : new WatchedStream(opened.Content, Again, clock),
                    opened.ContentType);
        }

        if (sight.Outcome != MediaGateOutcome.NotRendered)
        {
            await denials.RecordAsync(caller, mediaId, step, sight.Outcome, cancellationToken).ConfigureAwait(false);
        }

        return new OpenedMedia(sight.Outcome);

        async ValueTask<bool> Again(CancellationToken cancel)
        {
            Sight now = await LookAsync(caller, mediaId, step, revealId, tile, cancel).ConfigureAwait(false);
            if (now.Outcome != MediaGateOutcome.Allowed)
            {
                await denials.RecordAsync(caller, mediaId, step, now.Outcome, CancellationToken.None).ConfigureAwait(false);
            }

            return now.Outcome == MediaGateOutcome.Allowed;
        }
    }

    // Only stills of the ladder have tiles: the original leaves as it was sent, or not at all.
    private async Task<StepContent?> CutAsync(string sha256, MediaStep step, StepContent opened, MediaTile tile, CancellationToken cancellationToken)
    {
        if (opened.ContentType != StepReader.StillType)
        {
            await opened.Content.DisposeAsync().ConfigureAwait(false);
            return null;
        }

        return await cutter.CutAsync(sha256, step, opened.Content, tile, cancellationToken).ConfigureAwait(false) is { } cut
            ? new StepContent(new MemoryStream(cut.ToArray(), writable: false), StepReader.StillType, null)
            : null;
    }

    // Everything the gate asks, as it stands at this moment.
    private async Task<Sight> LookAsync(Caller caller, Guid mediaId, MediaStep step, Guid? revealId, MediaTile? tile, CancellationToken cancellationToken)
    {
        if (tile is not null && (!tile.Exists || step is not (MediaStep.GreyStill or MediaStep.Filtered)))
        {
            return new Sight(MediaGateOutcome.NoSuchTile);
        }

        IReadOnlySet<Permission> permissions = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            MediaObject? media = await db.Set<MediaObject>().AsNoTracking()
                .SingleOrDefaultAsync(row => row.Id == mediaId, cancellationToken).ConfigureAwait(false);
            if (media is null)
            {
                return new Sight(MediaGateOutcome.NotRendered);
            }

            bool seen = await showing.CaseSeenAsync(db, permissions, mediaId, null, cancellationToken).ConfigureAwait(false) is not null;
            MediaReveal? reveal = step == MediaStep.BlurredStill || revealId is null ? null : await db.Set<MediaReveal>().AsNoTracking()
                .SingleOrDefaultAsync(row => row.Id == revealId, cancellationToken).ConfigureAwait(false);
            RevealFacts? facts = reveal is null ? null : await FactsAsync(db, caller, media, (step, tile), reveal, cancellationToken).ConfigureAwait(false);
            MediaGateOutcome outcome = MediaGate.Decide(
                new MediaFacts(media.State, media.ChildSafety), step, new MediaViewer(caller.Kind == CallerKind.Person, permissions, seen, facts));
            return new Sight(outcome, media.Sha256);
        }
    }

    private async Task<RevealFacts> FactsAsync(
        ConsoleDbContext db, Caller caller, MediaObject media, (MediaStep Step, MediaTile? Tile) asked, MediaReveal reveal, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.Now();
        DrawnTask? task = MediaReveals.DrawnTaskOf(reveal);
        return new RevealFacts(
            OfPerson: reveal.PersonId == caller.Id,
            // The bytes that were granted, not what may stand under that name by now.
            OfMedia: reveal.MediaId == media.Id && reveal.Sha256 == media.Sha256,
            OfStep: reveal.Step == asked.Step,
            OfPart: MediaFilters.IsByRegion(reveal.Filters) == asked.Tile is not null,
            Ended: await db.Set<MediaRevealEnd>().AnyAsync(row => row.RevealId == reveal.Id, cancellationToken).ConfigureAwait(false),
            Expired: reveal.ExpiresAt <= now,
            ByLease: task is not null,
            LeaseLive: task is not null
                && await showing.CaseOnScreenAsync(db, reveal.PersonId, task, media.Id, now, cancellationToken).ConfigureAwait(false) is not null);
    }

    private sealed record Sight(MediaGateOutcome Outcome, string? Sha256 = null);
}
