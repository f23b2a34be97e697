using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Policies;

/// <summary>The policy tree and the text of one policy.</summary>
public sealed partial class PoliciesPage
{
    private IReadOnlyList<PolicyRow>? _tree;
    private PolicyView? _view;
    private PolicyView? _against;
    private IReadOnlyList<RevisionRow> _drafts = [];
    private Dictionary<string, string> _names = [];
    private bool _missing;
    private (string?, string?, string?, string?)? _shown;

    [CascadingParameter]
    public required Myself Me { get; set; }

    /// <summary>The policy to read; the first of the tree when none is named.</summary>
    [Parameter]
    public string? Id { get; set; }

    [SupplyParameterFromQuery]
    public string? Version { get; set; }

    /// <summary>The version to compare with.</summary>
    [SupplyParameterFromQuery]
    public string? Against { get; set; }

    [SupplyParameterFromQuery]
    public string? Archived { get; set; }

    [Inject]
    public required ListPolicies ListPolicies { get; init; }

    [Inject]
    public required ReadPolicy ReadPolicy { get; init; }

    [Inject]
    public required ListRevisions ListRevisions { get; init; }

    [Inject]
    public required ListQueueNames ListQueueNames { get; init; }

    [Inject]
    public required ListActions ListActions { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    private bool Edits => Me.Permissions.Contains(Permission.EditPolicies);

    private bool ShowsArchived => Archived == "shown";

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == (Id, Version, Against, Archived))
        {
            return;
        }

        _shown = (Id, Version, Against, Archived);
        Caller caller = await Current.GetAsync();
        _tree = await ListPolicies.RunAsync(caller, ShowsArchived, CancellationToken.None);
        _drafts = Edits ? await ListRevisions.RunAsync(caller, CancellationToken.None) : [];
        string? wanted = Id ?? (_tree.Count > 0 ? _tree[0].Id : null);
        _view = wanted is null ? null : await ReadPolicy.RunAsync(caller, wanted, Number(Version), CancellationToken.None);
        _against = wanted is not null && Number(Against) is { } against ? await ReadPolicy.RunAsync(caller, wanted, against, CancellationToken.None) : null;
        _missing = wanted is not null && _view is null;
        if (_names.Count == 0)
        {
            _names = new Dictionary<string, string>(
            [
                .. (await ListActions.RunAsync(caller, CancellationToken.None)).Select(action => KeyValuePair.Create(action.Id, action.Name)),
                .. (await ListQueueNames.RunAsync(caller, CancellationToken.None)).Select(queue => KeyValuePair.Create(queue.Id.ToString(), queue.Name)),
            ]);
        }
    }

    private static int? Number(string? text) => Figures.Number(text) is { } number and <= int.MaxValue ? (int)number : null;

    private string Address(string id) => $"{PolicyWords.Address(id)}{(ShowsArchived ? "?archived=shown" : "")}";

    private void ShowArchived(bool show) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("archived", show ? "shown" : null));
}
