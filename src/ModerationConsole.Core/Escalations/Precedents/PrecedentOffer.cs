using ModerationConsole.Core.Decisions;

namespace ModerationConsole.Core.Escalations.Precedents;

/// <summary>In what a case is near a precedent, the closest first.</summary>
public enum PrecedentLink
{
    /// <summary>The same content was ruled on.</summary>
    SameContent,

    /// <summary>An item with the same text was.</summary>
    SameText,

    /// <summary>One with nearly the same text.</summary>
    NearText,

    /// <summary>One with the same picture or file.</summary>
    SameMedia,

    /// <summary>One with a picture that looks the same.</summary>
    NearPicture,

    /// <summary>The same rules or signals brought both up.</summary>
    SameRule,

    /// <summary>The case was reported under the precedent's policy.</summary>
    SamePolicy,

    /// <summary>Words that few precedents have are in both.</summary>
    Words,
}

/// <summary>Why a precedent is near a case.</summary>
/// <param name="Points">What it adds to the score.</param>
/// <param name="Words">The words in common, or the names of the rules; empty for other links.</param>
public sealed record PrecedentReason(PrecedentLink Link, int Points, IReadOnlyList<string> Words);

/// <summary>A precedent that is near a case.</summary>
/// <param name="VersionNumber">Number of the words shown.</param>
/// <param name="Actions">Names of what was ordered.</param>
/// <param name="PolicyVersion">The policy's version for which it holds.</param>
/// <param name="CaseNumber">The case that was ruled on; null where it is gone, and on a desk, which names none.</param>
/// <param name="Reasons">Why, the weightiest first; their points make the score.</param>
public sealed record PrecedentOffer(
    long Number, int VersionNumber, string Title, string Facts, string Rule, string Reasoning, Verdict Verdict, IReadOnlyList<string> Actions,
    string PolicyId, string PolicyCode, string PolicyName, int PolicyVersion, PrecedentState State, long? CaseNumber, IReadOnlyList<PrecedentReason> Reasons)
{
    /// <summary>How near it is.</summary>
    public int Score => Reasons.Sum(reason => reason.Points);
}
