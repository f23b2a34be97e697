using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;

namespace ModerationConsole.Core.Escalations.Precedents;

/// <summary>What became of a precedent that was to be published, changed, confirmed or withdrawn.</summary>
public enum PrecedentOutcome
{
    Saved,

    /// <summary>The title is missing.</summary>
    TitleMissing,

    /// <summary>The facts are missing.</summary>
    FactsMissing,

    /// <summary>The rule is missing.</summary>
    RuleMissing,

    /// <summary>The reasoning is missing.</summary>
    ReasoningMissing,

    /// <summary>A text is longer than it may be.</summary>
    TooLong,

    /// <summary>More than nine tags, or one of more than 40 characters.</summary>
    TagsInvalid,

    /// <summary>There is no such policy, or it is archived.</summary>
    UnknownPolicy,

    /// <summary>The question is not ruled on, or the ruling was taken back or replaced since.</summary>
    NotRuled,

    /// <summary>The ruling is published already.</summary>
    Published,

    /// <summary>The case is one of child safety, which never becomes a precedent.</summary>
    ChildSafety,

    /// <summary>It does not say why.</summary>
    ReasonMissing,

    /// <summary>It was withdrawn, or holds for the policy as it is.</summary>
    Over,

    /// <summary>Someone changed it meanwhile.</summary>
    Changed,

    /// <summary>There is nothing of that number that the caller may know of.</summary>
    NotThere,
}

/// <summary>What became of it, and the precedent's number where it was saved or published before.</summary>
public sealed record PrecedentResult(PrecedentOutcome Outcome, long? Number = null);

/// <summary>The words of a precedent as an expert wants them.</summary>
/// <param name="Facts">What was judged, in the expert's own words.</param>
/// <param name="Examples">What falls under it and what does not; may be empty.</param>
public sealed record PrecedentDraft(string Title, string Facts, string Rule, string Reasoning, string Examples, IReadOnlyList<string> Tags)
{
    /// <summary>Characters of a title.</summary>
    public const int LongestTitle = 200;

    /// <summary>Characters of a rule.</summary>
    public const int LongestRule = 1_000;

    /// <summary>Characters of a tag.</summary>
    public const int LongestTag = 40;

    /// <summary>Tags of a precedent.</summary>
    public const int MostTags = 9;

    /// <summary>The words as they are stored, or why they cannot be.</summary>
    public (PrecedentDraft? Clean, PrecedentOutcome? Refusal) Read()
    {
        string? title = DecisionText.Clean(Title), facts = DecisionText.Clean(Facts), rule = DecisionText.Clean(Rule), reasoning = DecisionText.Clean(Reasoning);
        string examples = DecisionText.Clean(Examples) ?? "";
        string[] tags = [.. Tags.Select(tag => (DecisionText.Clean(tag) ?? "").Replace(",", "", StringComparison.Ordinal).ToLowerInvariant()).Where(tag => tag.Length > 0).Distinct()];
        PrecedentOutcome? refusal =
            title is null ? PrecedentOutcome.TitleMissing
            : facts is null ? PrecedentOutcome.FactsMissing
            : rule is null ? PrecedentOutcome.RuleMissing
            : reasoning is null ? PrecedentOutcome.ReasoningMissing
            : title.Length > LongestTitle || rule.Length > LongestRule || new[] { facts, reasoning, examples }.Any(text => text.Length > TextLength.Note) ? PrecedentOutcome.TooLong
            : tags.Length > MostTags || tags.Any(tag => tag.Length > LongestTag) ? PrecedentOutcome.TagsInvalid
            : null;
        return refusal is null ? (new PrecedentDraft(title!.ReplaceLineEndings(" "), facts!, rule!, reasoning!, examples, tags), null) : (null, refusal);
    }

    /// <summary>The words by which it is found.</summary>
    internal string Words => SearchWords.Of(Title, Rule, Facts, Reasoning, Examples, string.Join(' ', Tags));
}
