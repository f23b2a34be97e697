using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Bulk;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Cases;

/// <summary>Asks what is to be done to all chosen cases.</summary>
public sealed partial class BulkDialog
{
    private readonly HashSet<string> _ordered = new(StringComparer.Ordinal);
    private IReadOnlyList<PolicyRow> _policies = [];
    private IReadOnlyList<KeyValuePair<string, string>> _actions = [];
    private BulkAct _act = BulkAct.Decide;
    private Verdict _verdict = Verdict.Allow;
    private string _policy = "";
    private string _reason = "";
    private string _note = "";
    private string _queue = "";
    private string _close = CloseCodes.Gone;
    private bool _busy;

    [CascadingParameter]
    public required Myself Me { get; set; }

    /// <summary>"12 cases".</summary>
    [Parameter, EditorRequired]
    public required string Chosen { get; set; }

    /// <summary>Queues to move to.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<QueueName> Queues { get; set; }

    /// <summary>What was wrong with the last order.</summary>
    [Parameter]
    public string? Problem { get; set; }

    /// <summary>The order is to be looked at.</summary>
    [Parameter]
    public EventCallback<BulkOrder> OnOrder { get; set; }

    [Parameter]
    public EventCallback OnClose { get; set; }

    [Inject]
    public required ListPolicies ListPolicies { get; init; }

    [Inject]
    public required ReadPolicy ReadPolicy { get; init; }

    [Inject]
    public required ListActions ListActions { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    private IEnumerable<(BulkAct Act, string Words)> Acts =>
        new[] { BulkAct.Decide, BulkAct.Move, BulkAct.Close }
            .Where(act => Me.Permissions.Contains(act == BulkAct.Move ? Permission.ReassignTasks : Permission.ReviewCases))
            .Select(act => (act, BatchWords.Act(act)));

    protected override async Task OnInitializedAsync()
    {
        Caller caller = await Current.GetAsync();
        _policies = await ListPolicies.RunAsync(caller, archived: false, CancellationToken.None);
        _actions = [.. (await ListActions.RunAsync(caller, CancellationToken.None))
            .Where(action => !action.Archived && action.Target != ActionTarget.RelatedItem && action.Parameters.All(parameter => !parameter.Required))
            .Select(action => KeyValuePair.Create(action.Id, action.Name))];
    }

    // What the policy recommends is a beginning; what is ordered is seen and chosen here.
    private async Task ChoosePolicy()
    {
        _ordered.Clear();
        if (_policy.Length > 0 && await ReadPolicy.RunAsync(await Current.GetAsync(), _policy, null, CancellationToken.None) is { } policy)
        {
            _ordered.UnionWith(ActionScope.List(policy.Policy.RecommendedActions).Where(id => _actions.Any(action => action.Key == id)));
        }
    }

    private async Task LookAsync()
    {
        _busy = true;
        try
        {
            await OnOrder.InvokeAsync(new BulkOrder(_act)
            {
                Verdict = _verdict,
                PolicyId = _act == BulkAct.Decide && _verdict == Verdict.Violation && _policy.Length > 0 ? _policy : null,
                Actions = _act == BulkAct.Decide && _verdict == Verdict.Violation ? [.. _ordered] : [],
                ReasonForUser = _verdict == Verdict.Violation ? _reason : null,
                InternalNote = _note,
                QueueId = _act == BulkAct.Move && Guid.TryParse(_queue, out Guid queue) ? queue : null,
                CloseCode = _act == BulkAct.Close ? _close : null,
            });
        }
        finally
        {
            _busy = false;
        }
    }
}
