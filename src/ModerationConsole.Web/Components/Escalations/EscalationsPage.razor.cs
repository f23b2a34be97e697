using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Escalations;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.People;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Escalations;

/// <summary>Questions to experts, open ones first.</summary>
public sealed partial class EscalationsPage : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    private ThrottledWatch? _watch;
    private FoundEscalations? _found;
    private IReadOnlyList<AreaChoice> _areas = [];
    private EscalationQuery? _shown;
    private bool _failed;

    [CascadingParameter]
    public required Moment Moment { get; set; }

    [CascadingParameter]
    public required Myself Me { get; set; }

    [SupplyParameterFromQuery(Name = "side")]
    public string? SideName { get; set; }

    [SupplyParameterFromQuery(Name = "state")]
    public string? StateName { get; set; }

    [SupplyParameterFromQuery(Name = "urgency")]
    public string? UrgencyName { get; set; }

    [SupplyParameterFromQuery(Name = "area")]
    public string? AreaId { get; set; }

    [SupplyParameterFromQuery(Name = "skip")]
    public int? Skip { get; set; }

    [Inject]
    public required ListEscalations ListEscalations { get; init; }

    [Inject]
    public required ListAddressees ListAddressees { get; init; }

    [Inject]
    public required ICurrentCaller Callers { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required CaseFeed Feed { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Inject]
    public required ILogger<EscalationsPage> Log { get; init; }

    private EscalationQuery Query => EscalationQuery.Read(SideName, StateName, UrgencyName, AreaId, Skip);

    private string? Facts => _found is { } found ? Figures.Count(found.Open, EscalationsText.FactsOne, EscalationsText.FactsMany) : null;

    private string AreaChoice
    {
        get => Query.Area ?? "";
        set => Navigation.NavigateTo(Query.WithArea(value));
    }

    public void Dispose() => _watch?.Dispose();

    protected override void OnInitialized() => _watch = new ThrottledWatch(Feed, Concerns, OnChangedAsync, Clock, s_interval);

    protected override async Task OnInitializedAsync()
    {
        if (Me.Permissions.Contains(Permission.ReviewCases))
        {
            _areas = (await ListAddressees.RunAsync(await Callers.GetAsync(), CancellationToken.None)).Areas;
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != Query)
        {
            (_shown, _found) = (Query, null);
            await ReadAsync();
        }
    }

    private static bool Concerns(OutboxEvent change) => change.Kind is
        LiveKind.CaseQueued or LiveKind.CaseChanged or LiveKind.DecisionRecorded or LiveKind.Alarm;

    private static string? Current(bool chosen) => chosen ? "true" : null;

    private static string Counted(int? count, string none, string some) => count is > 0 ? some.With(count.Value) : none;

    private async Task ReadAsync()
    {
        try
        {
            _found = await ListEscalations.RunAsync(await Callers.GetAsync(), _shown!.Filter, CancellationToken.None);
            _failed = false;
        }
#pragma warning disable CA1031 // the page says so and offers to try again
        catch (Exception error) when (error is not PermissionDeniedException)
#pragma warning restore CA1031
        {
            Log.LogError(error, "Escalations could not be listed");
            _failed = true;
        }
    }

    private Task OnChangedAsync(IReadOnlyList<OutboxEvent> events) => RedrawAsync(ReadAsync);
}
