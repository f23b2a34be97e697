using System.Security.Cryptography;

namespace ModerationConsole.Core.Media;

/// <summary>A step 0 that ships with the console.</summary>
internal sealed record PreparedStill(ReadOnlyMemory<byte> Jpeg, MediaShape Shape)
{
    /// <summary>The steps above it, where they ship too; else a renderer makes them.</summary>
    public IReadOnlyList<PreparedStep> Above { get; init; } = [];
}

/// <summary>Step 1 or 2 of a file that ships with the console.</summary>
/// <param name="Shape">Its own size and length.</param>
internal sealed record PreparedStep(MediaStep Step, MediaFormat Format, MediaShape Shape, ReadOnlyMemory<byte> Content)
{
    /// <summary>The row that says of which original it is.</summary>
    public MediaRendition Of(string sha256, DateTimeOffset now) => new()
    {
        Sha256 = sha256,
        Step = Step,
        ContentType = Format.ContentType(),
        Bytes = Content.Length,
        Width = Shape.Width,
        Height = Shape.Height,
        DurationSeconds = Shape.Duration?.TotalSeconds,
        Hash = Convert.ToHexStringLower(SHA256.HashData(Content.Span)),
        CreatedAt = now,
    };
}
