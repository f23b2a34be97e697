using System.Buffers;

namespace ModerationConsole.Core.Media;

/// <summary>Where files of the store lie, and what an encrypted one is bound to.</summary>
internal sealed class MediaPaths(string root)
{
    private const int HashLength = 64;
    private static readonly SearchValues<char> s_hexDigits = SearchValues.Create("0123456789abcdef");

    public string Originals { get; } = Path.Combine(root, "media");

    public string Renditions { get; } = Path.Combine(root, "renditions");

    /// <summary>The steps that lie in files of their own.</summary>
    public static IReadOnlyList<MediaStep> Steps { get; } =
        [MediaStep.Original, MediaStep.BlurredStill, MediaStep.GreyStill, MediaStep.Filtered];

    /// <summary>Every path is made here, and only of 64 hex digits: no name from outside can lead anywhere else.</summary>
    /// <exception cref="ArgumentException">The hash is not 64 lower-case hex digits.</exception>
    public StoredFile Of(string sha256, MediaStep step)
    {
        if (!IsHash(sha256))
        {
            throw new ArgumentException("Not a SHA-256 hash in lower-case hex digits.", nameof(sha256));
        }

        var original = step == MediaStep.Original;
        var folder = Path.Combine(original ? Originals : Renditions, sha256[..2], sha256[2..4]);
        var number = FormattableString.Invariant($"step{(int)step}");
        // What step 2 is, its row says.
        var name = original ? sha256 : Path.Combine(sha256, step == MediaStep.Filtered ? number : number + ".jpg");
        return new StoredFile(Path.Combine(folder, name), $"{sha256} {number}");
    }

    /// <inheritdoc cref="Of" />
    /// <returns>Null when the hash is none.</returns>
    public StoredFile? TryOf(string? sha256, MediaStep step) => IsHash(sha256) ? Of(sha256!, step) : null;

    private static bool IsHash(string? text) =>
        text is { Length: HashLength } && !text.AsSpan().ContainsAnyExcept(s_hexDigits);
}

/// <summary>A file of the store, which lies there either plain or encrypted.</summary>
/// <param name="Plain">Its path while it is plain.</param>
/// <param name="Binding">What its encrypted form is bound to: no other file is read in its place.</param>
internal sealed record StoredFile(string Plain, string Binding)
{
    /// <summary>Its path once it is encrypted.</summary>
    public string Encrypted { get; } = Plain + ".enc";
}
