using System.Numerics;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Cases.Likeness;
using ModerationConsole.Core.Queues.Stacks;

namespace ModerationConsole.Core.Escalations.Precedents;

/// <summary>The item that a precedent was ruled on, as far as it is still there, and the words by which the precedent is found.</summary>
/// <param name="Text">The item's text, where its hash says that it may be near.</param>
internal sealed record RuledOn(string PolicyId, byte[]? ContentHash, long? TextKey, long? TextHash, string? Text, IReadOnlyList<LikeMedia> Media, IReadOnlyList<string> Words, IReadOnlyList<string> Grounds);

/// <summary>
/// How near a case is to a precedent: a sum of few parts that can each be said in words. Being the same thing outweighs looking
/// alike, that outweighs words; the policy that someone reported it under only adds to these.
/// </summary>
internal static class PrecedentScore
{
    private const int SameContent = 100;
    private const int SameText = 90;
    private const int NearText = 70;
    private const int SameMedia = 70;
    private const int NearPicture = 60;
    private const int SameRule = 30;
    private const int SamePolicy = 10;
    private const int AWord = 5;
    private const int MostByWords = 40;
    private const int FewestWords = 2;
    private const int WordsNamed = 6;

    /// <summary>Less than this is no likeness.</summary>
    public const int Least = 10;

    /// <summary>Why it is near, the weightiest first; empty when it is not.</summary>
    public static IReadOnlyList<PrecedentReason> Of(CaseTraits about, RuledOn ruled, IReadOnlyDictionary<string, double> weights)
    {
        List<PrecedentReason> reasons = [.. Content(about, ruled).Select(part => new PrecedentReason(part.Link, part.Points, []))];
        string[] rules = [.. about.Grounds.Intersect(ruled.Grounds, StringComparer.Ordinal)];
        if (rules.Length > 0)
        {
            reasons.Add(new PrecedentReason(PrecedentLink.SameRule, SameRule, rules));
        }

        string[] common = [.. weights.Where(word => ruled.Words.Contains(word.Key)).OrderByDescending(word => word.Value).Select(word => word.Key)];
        int points = Math.Min(MostByWords, (int)Math.Round(common.Sum(word => weights[word]) * AWord));
        if (common.Length >= FewestWords && points > 0)
        {
            reasons.Add(new PrecedentReason(PrecedentLink.Words, points, [.. common.Take(WordsNamed)]));
        }

        if (reasons.Count == 0 || reasons.Sum(reason => reason.Points) < Least)
        {
            return [];
        }

        if (about.Policies.Contains(ruled.PolicyId))
        {
            reasons.Add(new PrecedentReason(PrecedentLink.SamePolicy, SamePolicy, []));
        }

        return [.. reasons.OrderByDescending(reason => reason.Points)];
    }

    /// <summary>Whether the texts are worth comparing themselves.</summary>
    public static bool MayBeNear(long? one, long? other) =>
        one is { } mine && other is { } theirs && BitOperations.PopCount((ulong)(mine ^ theirs)) <= TextLikeness.MatchDistance;

    private static IEnumerable<(PrecedentLink Link, int Points)> Content(CaseTraits about, RuledOn ruled)
    {
        ItemVersion item = about.Item;
        if (ruled.ContentHash is { } hash && hash.AsSpan().SequenceEqual(item.ContentHash))
        {
            yield return (PrecedentLink.SameContent, SameContent);
            yield break;
        }

        if (item.TextKey is { } key && key == ruled.TextKey)
        {
            yield return (PrecedentLink.SameText, SameText);
        }
        else if (ruled.Text is { } text && MayBeNear(item.TextHash, ruled.TextHash) && TextLikeness.Share(item.Text, text) >= TextLikeness.NearlyTheSame)
        {
            yield return (PrecedentLink.NearText, NearText);
        }

        if (about.Like.Media.Any(mine => mine.File is not null && ruled.Media.Any(theirs => theirs.File == mine.File)))
        {
            yield return (PrecedentLink.SameMedia, SameMedia);
        }
        else if (about.Like.Media.Any(mine => ruled.Media.Any(theirs => mine.IsLike(theirs))))
        {
            yield return (PrecedentLink.NearPicture, NearPicture);
        }
    }
}
