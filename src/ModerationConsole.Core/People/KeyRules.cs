using Microsoft.Extensions.Options;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People;

/// <summary>What keys may be. Section <c>Keys</c>.</summary>
public sealed class KeyOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Keys";

    /// <summary><c>Keys:MayNeverExpire</c>: whether a key may be made that has no end.</summary>
    public bool MayNeverExpire { get; set; }
}

/// <summary>What holds of every key that is made or changed.</summary>
public sealed class KeyRules(IOptions<KeyOptions> options)
{
    /// <summary>The farthest end that a key may have, from when it is made.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(731);

    /// <summary>How long the former key may go on beside its successor.</summary>
    public static readonly TimeSpan LongestOverlap = TimeSpan.FromDays(7);

    /// <summary>The most that a key may be allowed a second.</summary>
    public const int FastestRate = 100_000;

    /// <summary>Lengths of life that are offered, in days.</summary>
    public static IReadOnlyList<int> OfferedDays { get; } = [30, 90, 365];

    /// <summary>Whether a key may be made that has no end.</summary>
    public bool MayNeverExpire => options.Value.MayNeverExpire;

    /// <summary>The name without what surrounds it; null when it is none.</summary>
    public static string? Name(string? name) =>
        (name ?? "").Trim() is { Length: > 0 and <= TextLength.Id } called && !called.Any(char.IsControl) ? called : null;

    /// <summary>Whether a key may be allowed that much a second.</summary>
    public static bool IsRate(int? requestsPerSecond) => requestsPerSecond is null or (>= 1 and <= FastestRate);

    /// <summary>Whether a key that is made now may end then.</summary>
    public bool IsEnd(DateTimeOffset? end, DateTimeOffset now) => end is { } at ? at > now && at <= now + Longest : MayNeverExpire;
}
