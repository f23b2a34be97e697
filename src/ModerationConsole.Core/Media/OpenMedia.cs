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
    IDbContextFactory<ConsoleDbContext> contexts, StepReader steps, IMediaShowing showing, IAccessGuard guard, MediaDenials denials, TimeProvider clock) : IUseCase
{
    /// <summary>Opens the step, or says why not; a refusal other than "there is none" is in the audit.</summary>
    /// <param name="step">A step of the ladder.</param>
    /// <param name="revealId">The reveal by which a step above 0 was granted.</param>
    public async Task<OpenedMedia> RunAsync(Caller caller, Guid mediaId, MediaStep step, Guid? revealId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await guard.DemandAsync<OpenMedia>(caller, cancellationToken).ConfigureAwait(false);
        Sight sight = await LookAsync(caller, mediaId, step, revealId, cancellationToken).ConfigureAwait(false);
        if (sight is { Outcome: MediaGateOutcome.Allowed, Sha256: { } sha256 })
        {
            return await steps.OpenAsync(sha256, step, cancellationToken).ConfigureAwait(false) is not { } opened
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
            Sight now = await LookAsync(caller, mediaId, step, revealId, cancel).ConfigureAwait(false);
            if (now.Outcome != MediaGateOutcome.Allowed)
            {
                await denials.RecordAsync(caller, mediaId, step, now.Outcome, CancellationToken.None).ConfigureAwait(false);
            }

            return now.Outcome == MediaGateOutcome.Allowed;
        }
    }

    // Everything the gate asks, as it stands at this moment.
    private async Task<Sight> LookAsync(Caller caller, Guid mediaId, MediaStep step, Guid? revealId, CancellationToken cancellationToken)
    {
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
            RevealFacts? facts = reveal is null ? null : await FactsAsync(db, caller, media, step, reveal, cancellationToken).ConfigureAwait(false);
            MediaGateOutcome outcome = MediaGate.Decide(
                new MediaFacts(media.State, media.ChildSafety), step, new MediaViewer(caller.Kind == CallerKind.Person, permissions, seen, facts));
            return new Sight(outcome, media.Sha256);
        }
    }

    private async Task<RevealFacts> FactsAsync(
        ConsoleDbContext db, Caller caller, MediaObject media, MediaStep step, MediaReveal reveal, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.Now();
        DrawnTask? task = MediaReveals.DrawnTaskOf(reveal);
        return new RevealFacts(
            OfPerson: reveal.PersonId == caller.Id,
            // The bytes that were granted, not what may stand under that name by now.
            OfMedia: reveal.MediaId == media.Id && reveal.Sha256 == media.Sha256,
            OfStep: reveal.Step == step,
            Ended: await db.Set<MediaRevealEnd>().AnyAsync(row => row.RevealId == reveal.Id, cancellationToken).ConfigureAwait(false),
            Expired: reveal.ExpiresAt <= now,
            ByLease: task is not null,
            LeaseLive: task is not null
                && await showing.CaseOnScreenAsync(db, reveal.PersonId, task, media.Id, now, cancellationToken).ConfigureAwait(false) is not null);
    }

    private sealed record Sight(MediaGateOutcome Outcome, string? Sha256 = null);
}
