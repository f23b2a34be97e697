using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Policies;

/// <summary>The open draft of a policy: what it changes, what would change by it, and how it comes into force.</summary>
public sealed partial class PolicyDraftPage
{
    private RevisionView? _view;
    private Dictionary<string, string> _names = [];
    private bool _missing;
    private string? _shown;

    /// <summary>The policy.</summary>
    [Parameter]
    public required string Id { get; set; }

    [Inject]
    public required ReadRevision ReadRevision { get; init; }

    [Inject]
    public required ListActions ListActions { get; init; }

    [Inject]
    public required ListQueueNames ListQueueNames { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != Id)
        {
            _shown = Id;
            Caller caller = await Current.GetAsync();
            _names = new Dictionary<string, string>(
            [
                .. (await ListActions.RunAsync(caller, CancellationToken.None)).Select(action => KeyValuePair.Create(action.Id, action.Name)),
                .. (await ListQueueNames.RunAsync(caller, CancellationToken.None)).Select(queue => KeyValuePair.Create(queue.Id.ToString(), queue.Name)),
            ]);
            await ReadAsync();
        }
    }

    private async Task ReadAsync()
    {
        _view = await ReadRevision.RunAsync(await Current.GetAsync(), Id, CancellationToken.None);
        _missing = _view is null;
    }

    private async Task MovedAsync(MoveRevisionOutcome outcome)
    {
        if (outcome is MoveRevisionOutcome.Published or MoveRevisionOutcome.Discarded)
        {
            Navigation.NavigateTo(outcome == MoveRevisionOutcome.Discarded && _view?.InForce is null ? "policies" : PolicyWords.Address(Id));
            return;
        }

        await ReadAsync();
    }
}
