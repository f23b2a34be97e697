using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Media;

/// <summary>Does the work on one claimed media object: fetch, store, draw. Changes files, never rows.</summary>
internal sealed class MediaProcessor(
    MediaFetcher fetcher, IMediaStore store, FfmpegRenderer renderer, IDbContextFactory<ConsoleDbContext> contexts)
{
    public async Task<MediaEnding> ProcessAsync(MediaClaim claim, CancellationToken cancellationToken)
    {
        if (claim.Sha256 is { } known)
        {
            return await FromStoreAsync(known, cancellationToken).ConfigureAwait(false);
        }

        if (claim.SourceUrl is null)
        {
            return new MediaEnding(MediaState.Refused, MediaProblem.BadAddress);
        }

        var fetched = await fetcher.FetchAsync(claim.SourceUrl, cancellationToken, claim.ChildSafety).ConfigureAwait(false);
        if (fetched.Media is not { } media)
        {
            return new MediaEnding(
                fetched.MayPass ? MediaState.Pending : MediaState.Refused, MediaProblems.Of(fetched.Outcome));
        }

        using (media)
        {
            await store.KeepAsync(media, cancellationToken).ConfigureAwait(false);
            return await FromStoreAsync(media.Sha256, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<MediaEnding> FromStoreAsync(string sha256, CancellationToken cancellationToken)
    {
        using var source = await RenderSource.OpenAsync(store, sha256, cancellationToken).ConfigureAwait(false);
        return source.Problem is { } problem
            ? new MediaEnding(problem == MediaProblem.EncryptedHere ? MediaState.Placeholder : MediaState.Refused, problem)
            : await DrawAsync(sha256, source, cancellationToken).ConfigureAwait(false);
    }

    private async Task<MediaEnding> DrawAsync(string sha256, RenderSource source, CancellationToken cancellationToken)
    {
        var stored = new StoredMedia(sha256, source.Bytes, source.Format.Kind());
        if (await TwinAsync(sha256, cancellationToken).ConfigureAwait(false) is { } twin)
        {
            return new MediaEnding(MediaState.Ready, Stored: stored, Shape: twin);
        }

        var drawn = await renderer.RenderBlurredStillAsync(source.File, source.Format, cancellationToken).ConfigureAwait(false);
        if (drawn.Rendition is not { } still)
        {
            // Encrypted while it was being read: that says nothing of the file.
            if (source.WasMoved(store))
            {
                return await FromStoreAsync(sha256, cancellationToken).ConfigureAwait(false);
            }

            return new MediaEnding(MediaState.Placeholder, MediaProblems.Of(drawn.Outcome), stored, drawn.Shape);
        }

        await store.KeepRenditionAsync(sha256, MediaStep.BlurredStill, still.Jpeg, cancellationToken).ConfigureAwait(false);
        return new MediaEnding(MediaState.Ready, null, stored, drawn.Shape, still);
    }

    // The same bytes under another name were drawn before: nothing is drawn twice.
    private async Task<MediaShape?> TwinAsync(string sha256, CancellationToken cancellationToken)
    {
        var db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            var twin = await db.Set<MediaObject>().AsNoTracking()
                .Where(row => row.Sha256 == sha256 && row.State == MediaState.Ready)
                .OrderBy(row => row.CreatedAt)
                .Select(row => new { row.Width, row.Height, row.DurationSeconds })
                .FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            if (twin is null)
            {
                return null;
            }

            var still = store.OpenRendition(sha256, MediaStep.BlurredStill);
            if (still is null)
            {
                return null;
            }

            await still.DisposeAsync().ConfigureAwait(false);
            var duration = twin.DurationSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
            return new MediaShape(twin.Width, twin.Height, duration);
        }
    }
}
