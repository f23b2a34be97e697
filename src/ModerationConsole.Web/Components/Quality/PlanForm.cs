using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Quality.Sampling;

namespace ModerationConsole.Web.Components.Quality;

/// <summary>A sampling plan while it is made; shares in percent.</summary>
public sealed class PlanForm
{
    public string Name { get; set; } = "";

    public double? RandomPercent { get; set; } = 5;

    public List<StratumForm> Strata { get; init; } = [];

    /// <summary>A plan that is there already.</summary>
    public static PlanForm Of(PlanDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return new PlanForm { Name = draft.Name, RandomPercent = Percent(draft.RandomRate), Strata = [.. draft.Strata.Select(StratumForm.Of)] };
    }

    /// <summary>A share as it is typed.</summary>
    public static double Percent(double share) => Math.Round(share * 100, 4);

    /// <summary>What the core is asked to save or foretell. A field that is empty is out of bounds.</summary>
    public PlanDraft Draft(Guid? id, long? version) => new(id, Name, Share(RandomPercent), [.. Strata.Select(stratum => stratum.Draft())], version);

    internal static double Share(double? percent) => percent is { } given ? given / 100 : double.NaN;
}

/// <summary>A stratum while it is made.</summary>
public sealed class StratumForm
{
    /// <summary>Tells strata apart while they are moved.</summary>
    public Guid Key { get; } = Guid.NewGuid();

    public string Name { get; set; } = "";

    public double? Percent { get; set; }

    public SortedSet<string> Queues { get; init; } = [];

    public SortedSet<string> Policies { get; init; } = [];

    public SortedSet<string> Verdicts { get; init; } = [];

    public SortedSet<string> Actions { get; init; } = [];

    public SortedSet<string> Teams { get; init; } = [];

    public SortedSet<string> Severities { get; init; } = [];

    public string Languages { get; set; } = "";

    public int? TenureBelowDays { get; set; }

    /// <summary>"true", "false", or empty where it does not matter.</summary>
    public string Automated { get; set; } = "";

    internal static StratumForm Of(StratumDraft draft) => new()
    {
        Name = draft.Name,
        Percent = PlanForm.Percent(draft.Rate),
        Queues = [.. draft.Conditions.Queues.Select(id => id.ToString())],
        Policies = [.. draft.Conditions.Policies],
        Verdicts = [.. draft.Conditions.Verdicts.Select(verdict => verdict.ToString())],
        Actions = [.. draft.Conditions.Actions],
        Teams = [.. draft.Conditions.Teams.Select(id => id.ToString())],
        Severities = [.. draft.Conditions.Severities.Select(severity => severity.ToString())],
        Languages = string.Join(", ", draft.Conditions.Languages),
        TenureBelowDays = draft.Conditions.TenureBelowDays,
        Automated = draft.Conditions.Automated switch { true => "true", false => "false", null => "" },
    };

    internal StratumDraft Draft() => new(Name, PlanForm.Share(Percent), new StratumConditions
    {
        Queues = [.. Queues.Select(Guid.Parse)],
        Policies = [.. Policies],
        Verdicts = [.. Verdicts.Select(Enum.Parse<Verdict>)],
        Actions = [.. Actions],
        Teams = [.. Teams.Select(Guid.Parse)],
        Severities = [.. Severities.Select(Enum.Parse<Severity>)],
        Languages = Languages.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries),
        TenureBelowDays = TenureBelowDays,
        Automated = Automated.Length == 0 ? null : Automated == "true",
    });
}
