using System.Text.Json;
using System.Text.Json.Serialization;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Quality.Sampling;

/// <summary>Which decisions belong to a stratum: those that meet every condition; an empty list asks nothing.</summary>
public sealed record StratumConditions
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    };

    /// <summary>Queues that the decided task waited in.</summary>
    public IReadOnlyList<Guid> Queues { get; init; } = [];

    /// <summary>Ids of policies that were violated.</summary>
    public IReadOnlyList<string> Policies { get; init; } = [];

    /// <summary>Verdicts.</summary>
    public IReadOnlyList<Verdict> Verdicts { get; init; } = [];

    /// <summary>Ids of actions, one of which was ordered.</summary>
    public IReadOnlyList<string> Actions { get; init; } = [];

    /// <summary>Teams of the deciders.</summary>
    public IReadOnlyList<Guid> Teams { get; init; } = [];

    /// <summary>Languages of the item, without region.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>Severities of the case.</summary>
    public IReadOnlyList<Severity> Severities { get; init; } = [];

    /// <summary>The decider has been here for fewer days than this.</summary>
    public int? TenureBelowDays { get; init; }

    /// <summary>Whether a program decided; null asks nothing.</summary>
    public bool? Automated { get; init; }

    /// <summary>Whether every decision meets them.</summary>
    [JsonIgnore]
    public bool AskNothing =>
        Queues.Count + Policies.Count + Verdicts.Count + Actions.Count + Teams.Count + Languages.Count + Severities.Count == 0 && TenureBelowDays is null && Automated is null;

    /// <summary>The stored form.</summary>
    public string Write() => JsonSerializer.Serialize(this, s_json);

    /// <summary>Reads the stored form.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static StratumConditions Read(string json) =>
        JsonSerializer.Deserialize<StratumConditions>(json, s_json) ?? throw new JsonException("No conditions.");

    /// <summary>Whether a decision meets every condition.</summary>
    internal bool MetBy(DecidedFacts facts) =>
        Allows(Queues, facts.QueueId)
        && (Policies.Count == 0 || (facts.PolicyId is { } policy && Policies.Contains(policy)))
        && Allows(Verdicts, facts.Verdict)
        && (Actions.Count == 0 || facts.Actions.Any(Actions.Contains))
        && (Teams.Count == 0 || (facts.TeamId is { } team && Teams.Contains(team)))
        && (Languages.Count == 0 || (facts.Language is { } language && Languages.Contains(language)))
        && Allows(Severities, facts.Severity)
        && (TenureBelowDays is not { } days || facts.TenureDays < days)
        && (Automated is not { } automated || facts.Automated == automated);

    private static bool Allows<T>(IReadOnlyList<T> wanted, T value) => wanted.Count == 0 || wanted.Contains(value);
}
