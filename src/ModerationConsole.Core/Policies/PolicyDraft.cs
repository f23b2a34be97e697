using System.Text.RegularExpressions;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Policies;

/// <summary>A policy as a person wants it.</summary>
/// <param name="Text">Policy text, Markdown.</param>
/// <param name="Guidance">Guidance and examples for moderators, Markdown.</param>
/// <param name="ReasonTemplates">Templates of the reason for the user, one a line.</param>
/// <param name="Version">The version of the row it was read at; null for a new policy.</param>
public sealed record PolicyDraft(
    string Id, string Code, string Name, string? ParentId, Severity Severity, string Text, string Guidance,
    IReadOnlyList<string> RecommendedActions, string ReasonTemplates, bool Archived = false, long? Version = null)
{
    /// <summary>Whether a violation of it needs a reason for the user.</summary>
    public bool ReasonRequired { get; init; }

    /// <summary>Queues at whose desks it is offered; none for all.</summary>
    public IReadOnlyList<Guid> Queues { get; init; } = [];

    /// <summary>Fields of item types that it speaks of, as <c>type.field</c>; none for the whole item.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>From when it applies, UTC; null for at once.</summary>
    public DateTimeOffset? EffectiveFrom { get; init; }
}

/// <summary>What a policy can be, whoever writes it and whenever it applies.</summary>
internal static partial class PolicyRules
{
    private const int LongestCode = 20;

    /// <summary>What can be told before anything is read.</summary>
    public static SavePolicyOutcome? RefusalOf(PolicyDraft draft) => draft switch
    {
        _ when !PolicyId().IsMatch(draft.Id) => SavePolicyOutcome.IdInvalid,
        _ when draft.Code.Trim() is not { Length: > 0 and <= LongestCode } => SavePolicyOutcome.CodeInvalid,
        _ when draft.Name.Trim() is not { Length: > 0 and <= TextLength.Id } => SavePolicyOutcome.NameInvalid,
        _ when draft.Text.Length > TextLength.Text || draft.Guidance.Length > TextLength.Text => SavePolicyOutcome.TextTooLong,
        _ when PolicyLists.Join(draft.RecommendedActions).Length > TextLength.Note || draft.ReasonTemplates.Length > TextLength.Note => SavePolicyOutcome.ListTooLong,
        _ when draft.Fields.Any(field => !Field().IsMatch(field)) => SavePolicyOutcome.FieldInvalid,
        _ when PolicyLists.Join(draft.Fields).Length > TextLength.Note || PolicyLists.Join(draft.Queues).Length > TextLength.Note => SavePolicyOutcome.ListTooLong,
        _ => null,
    };

    /// <summary>Whether a policy may stand under another without the tree biting its own tail.</summary>
    public static bool MayStandUnder(IReadOnlyCollection<Policy> all, string id, string? parentId)
    {
        Dictionary<string, string?> parents = all.ToDictionary(row => row.Id, row => row.ParentId, StringComparer.Ordinal);
        for (string? above = parentId; above is not null; above = parents[above])
        {
            if (above == id || !parents.ContainsKey(above))
            {
                return false;
            }
        }

        return true;
    }

    [GeneratedRegex(@"^[A-Za-z0-9_.:-]{1,200}\z", RegexOptions.CultureInvariant)]
    private static partial Regex PolicyId();

    [GeneratedRegex(@"^[A-Za-z0-9_.:-]{1,200}\.[A-Za-z0-9_:-]{1,200}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Field();
}

/// <summary>Lists in a policy, comma separated as they are stored.</summary>
public static class PolicyLists
{
    /// <summary>A stored list.</summary>
    public static string[] Of(string stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return stored.Split(',', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Whether a list of queues holds one; an empty list holds all.</summary>
    internal static bool HoldsQueue(string stored, Guid queueId) => Of(stored) is var only && (only.Length == 0 || only.Contains(queueId.ToString()));

    internal static string Join<T>(IEnumerable<T> values) => string.Join(',', values);

    internal static Guid[] Ids(string stored) => [.. Of(stored).Select(Guid.Parse)];
}
