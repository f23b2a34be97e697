using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;
using ModerationConsole.Web.Security.SingleSignOn;

namespace ModerationConsole.Web.Components.Audit;

/// <summary>Searches the audit. Each search is in the audit itself, so nothing is read again by itself.</summary>
public sealed partial class AuditPage : IDisposable
{
    private const int Size = 100;

    private readonly CancellationSeries _loads = new();
    private IReadOnlyList<PersonName> _people = [];
    private AuditNames _names = new([]);
    private FoundEntries? _found;
    private (AuditQuery Query, long? Older, long? Newer)? _asked;

    [CascadingParameter]
    public required Moment Moment { get; set; }

    [CascadingParameter]
    public required Myself Me { get; set; }

    [SupplyParameterFromQuery]
    public string? Person { get; set; }

    [SupplyParameterFromQuery]
    public string? Act { get; set; }

    [SupplyParameterFromQuery(Name = "case")]
    public string? CaseNumber { get; set; }

    [SupplyParameterFromQuery]
    public string? Subject { get; set; }

    [SupplyParameterFromQuery]
    public string? From { get; set; }

    [SupplyParameterFromQuery]
    public string? To { get; set; }

    [SupplyParameterFromQuery]
    public string? Older { get; set; }

    [SupplyParameterFromQuery]
    public string? Newer { get; set; }

    [Inject]
    public required SearchAudit SearchAudit { get; init; }

    [Inject]
    public required ListPeopleNames ListPeopleNames { get; init; }

    [Inject]
    public required ServiceClients Services { get; init; }

    [Inject]
    public required ListQueueNames ListQueueNames { get; init; }

    [Inject]
    public required ListPolicies ListPolicies { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    private AuditQuery Query => new()
    {
        Person = Guid.TryParse(Person, out Guid id) ? id : null,
        Act = AuditFilters.ParseAct(Act),
        Case = Figures.Number(CaseNumber),
        Subject = Subject,
        From = Days.Parse(From),
        To = Days.Parse(To),
    };

    public void Dispose() => _loads.Dispose();

    protected override async Task OnInitializedAsync()
    {
        Caller caller = await Current.GetAsync();
        _people = await ListPeopleNames.RunAsync(caller, CancellationToken.None);
        IEnumerable<(string, string)> names =
        [
            .. _people.Select(person => (person.Id.ToString(), person.Name)),
            .. Services.Names.Select(service => (service.Id.ToString(), service.Name)),
            .. (await ListQueueNames.RunAsync(caller, CancellationToken.None)).Select(queue => (queue.Id.ToString(), queue.Name)),
        ];
        if (Me.Permissions.Contains(Permission.ViewPolicies))
        {
            names = names.Concat((await ListPolicies.RunAsync(caller, archived: true, CancellationToken.None)).Select(policy => (policy.Id, policy.Name)));
        }

        _names = new AuditNames(names);
    }

    protected override async Task OnParametersSetAsync()
    {
        (AuditQuery, long?, long?) asked = (Query, Figures.Number(Older), Figures.Number(Newer));
        // The clock is a parameter too; only another question is asked again.
        if (_asked != asked)
        {
            _asked = asked;
            await SearchAsync();
        }
    }

    private async Task SearchAsync()
    {
        CancellationToken cancel = _loads.Next();
        try
        {
            _found = await SearchAudit.RunAsync(
                await Current.GetAsync(), Query.Filter(Moment.Zone), Figures.Number(Older), Figures.Number(Newer), Size, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Another question was asked, or the page was left.
        }
    }

    private void Show(AuditQuery query) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(query.Parameters()));

    private string At(string place, long number) => Navigation.GetUriWithQueryParameters(
        new Dictionary<string, object?> { ["older"] = place == "older" ? number : null, ["newer"] = place == "newer" ? number : null });
}
