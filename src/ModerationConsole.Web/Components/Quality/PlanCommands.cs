using ModerationConsole.Core.Access;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Core.Queues;
using ModerationConsole.Web.Components.Policies;
using ModerationConsole.Web.Components.Review;

namespace ModerationConsole.Web.Components.Quality;

/// <summary>What can be asked and done about a sampling plan, together for the page that offers all of it.</summary>
public sealed record PlanCommands(
    ReadPlan Read, SavePlan Save, PreviewPlan Preview, ActivatePlan Activate, EndPlan End, ListQueueNames ListQueues, ListPolicies ListPolicies, ListActions ListActions,
    ListTeamNames ListTeams)
{
    /// <summary>What the conditions of a stratum can name; what is archived too, because a plan may name it.</summary>
    public async Task<PlanChoices> ChoicesAsync(Caller caller, CancellationToken cancellationToken) => new(
        [.. (await ListQueues.RunAsync(caller, cancellationToken)).Select(queue => KeyValuePair.Create(queue.Id.ToString(), queue.Name))],
        [.. (await ListPolicies.RunAsync(caller, archived: true, cancellationToken)).Select(policy => KeyValuePair.Create(policy.Id, $"{policy.Code} {policy.Name}"))],
        [.. Enum.GetValues<Verdict>().Select(verdict => KeyValuePair.Create(verdict.ToString(), CaseWords.Name(verdict)))],
        [.. (await ListActions.RunAsync(caller, cancellationToken)).Select(action => KeyValuePair.Create(action.Id, action.Name))],
        [.. (await ListTeams.RunAsync(caller, cancellationToken)).Select(team => KeyValuePair.Create(team.Id.ToString(), team.Name))],
        [.. Enum.GetValues<Severity>().Select(severity => KeyValuePair.Create(severity.ToString(), PolicyWords.Of(severity)))]);
}

/// <summary>Values that the conditions of a stratum can name, with their words.</summary>
public sealed record PlanChoices(
    IReadOnlyList<KeyValuePair<string, string>> Queues, IReadOnlyList<KeyValuePair<string, string>> Policies, IReadOnlyList<KeyValuePair<string, string>> Verdicts,
    IReadOnlyList<KeyValuePair<string, string>> Actions, IReadOnlyList<KeyValuePair<string, string>> Teams, IReadOnlyList<KeyValuePair<string, string>> Severities);
