using System.Security.Cryptography;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Media;

/// <summary>Makes and keeps steps 1 and 2 of one claimed media object. Changes files, never rows.</summary>
internal sealed class LadderProcessor(IMediaStore store, FfmpegRenderer renderer, MediaHealth health, TimeProvider clock)
{
    private readonly LadderRenderer _renderer = new(renderer.Program, health);

    public async Task<LadderEnding> ProcessAsync(LadderClaim claim, CancellationToken cancellationToken)
    {
        using var source = await RenderSource.OpenAsync(store, claim.Sha256, cancellationToken).ConfigureAwait(false);
        if (source.Problem is { } problem)
        {
            return new LadderEnding(problem, []);
        }

        using var target = source.NewTarget(store);
        var result = await _renderer.RenderAsync(source.File, source.Format, target.File, !claim.ChildSafety, cancellationToken).ConfigureAwait(false);
        if (result.Outcome != RenderOutcome.Rendered && source.WasMoved(store))
        {
            // Encrypted while it was being read: that says nothing of the file.
            return await ProcessAsync(claim, cancellationToken).ConfigureAwait(false);
        }

        var made = new List<MediaRendition>();
        foreach (var step in new[] { result.Grey, result.Filtered }.OfType<RenderedStep>())
        {
            made.Add(await KeepAsync(claim.Sha256, step, target.File, cancellationToken).ConfigureAwait(false));
        }

        return new LadderEnding(result.Outcome == RenderOutcome.Rendered ? null : MediaProblems.Of(result.Outcome), made) { Likeness = result.Likeness };
    }

    private async Task<MediaRendition> KeepAsync(
        string sha256, RenderedStep step, RenderFile target, CancellationToken cancellationToken)
    {
        Stream content = step.Still is { } still ? new MemoryStream(still.ToArray(), writable: false) : target.Open(FileAccess.Read);
        await using var _ = content.ConfigureAwait(false);
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken).ConfigureAwait(false));
        var bytes = content.Length;
        content.Position = 0;
        await store.KeepRenditionAsync(sha256, step.Step, content, cancellationToken).ConfigureAwait(false);
        return new MediaRendition
        {
            Sha256 = sha256,
            Step = step.Step,
            ContentType = step.Format.ContentType(),
            Bytes = bytes,
            Width = step.Width,
            Height = step.Height,
            DurationSeconds = step.Duration?.TotalSeconds,
            Hash = hash,
            CreatedAt = clock.Now(),
        };
    }
}
