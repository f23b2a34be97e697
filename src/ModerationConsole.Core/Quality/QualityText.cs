using System.Security.Cryptography;
using System.Text;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;

namespace ModerationConsole.Core.Quality;

/// <summary>What people write to one another about quality. The audit holds that it was written and its hash, never its words.</summary>
internal static class QualityText
{
    /// <summary>Longer than can be stored.</summary>
    public static bool TooLong(string? text) => text is { Length: > TextLength.Note };

    /// <summary>The text made fit to be stored, or null when nothing in it can be read.</summary>
    public static string? Clean(string? text) => DecisionText.Clean(text);

    /// <summary>SHA-256 of a text, lower-case hex.</summary>
    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
