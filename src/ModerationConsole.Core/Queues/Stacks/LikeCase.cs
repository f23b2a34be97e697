using System.Numerics;
using ModerationConsole.Core.Cases.Likeness;
using ModerationConsole.Core.Media.Likeness;

namespace ModerationConsole.Core.Queues.Stacks;

/// <summary>A file of a case.</summary>
/// <param name="File">The first half of the SHA-256 of its bytes, 16 bytes; null until it is stored.</param>
/// <param name="Picture">Hash of a picture with features enough to tell it by.</param>
internal readonly record struct LikeMedia(UInt128? File, PictureHash? Picture)
{
    /// <summary>The same bytes, or the same picture to the eye.</summary>
    public bool IsLike(LikeMedia other) =>
        (File is not null && File == other.File)
        || (Picture is { } mine && other.Picture is { } theirs && mine.Distance(theirs) <= PictureHash.MatchDistance);
}

/// <summary>What a case is compared by.</summary>
/// <param name="CaseNumber">The case.</param>
/// <param name="TypeId">Type of its item: only items of one type are ever the same.</param>
/// <param name="TextKey">See <see cref="TextLikeness.Key"/>; null where nothing is said in words.</param>
/// <param name="TextHash">See <see cref="TextLikeness.Hash"/>.</param>
/// <param name="Media">Its media.</param>
internal sealed record LikeCase(long CaseNumber, string TypeId, long? TextKey, long? TextHash, IReadOnlyList<LikeMedia> Media)
{
    /// <summary>In what another case is like this one by their hashes; null when it is another matter. Near texts are to be compared themselves.</summary>
    public Alike? To(LikeCase other)
    {
        // The same words under another picture are not the same.
        if (CaseNumber == other.CaseNumber || TypeId != other.TypeId || !Covers(other) || !other.Covers(this))
        {
            return null;
        }

        return (TextKey, other.TextKey) switch
        {
            (null, null) => Media.Count == 0 ? null : Alike.SameMedia,
            ({ } mine, { } theirs) when mine == theirs => Alike.SameText,
            _ when TextHash is { } mine && other.TextHash is { } theirs
                && BitOperations.PopCount((ulong)(mine ^ theirs)) <= TextLikeness.MatchDistance => Alike.NearText,
            _ => Media.Count == 0 ? null : Alike.OtherWords,
        };
    }

    private bool Covers(LikeCase other) => other.Media.All(theirs => Media.Any(mine => mine.IsLike(theirs)));
}
