using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Cases;

/// <summary>The list of cases: filters in the address, parts by number, changes drawn as they happen.</summary>
public sealed partial class CasesPage : IDisposable
{
    private readonly CancellationSeries _loads = new();
    private ThrottledWatch? _watch;
    private FoundCases? _page;
    private IReadOnlyList<QueueName> _queues = [];
    private IReadOnlyList<string> _languages = [];
    private int _newer;
    private bool _hand;
    private bool _showSevere;
    private bool _failed;
    private (CaseQuery Query, CasePlace Place)? _looked;

    [CascadingParameter]
    public required Moment Moment { get; set; }

    [CascadingParameter]
    public required Myself Me { get; set; }

    [SupplyParameterFromQuery]
    public string? Status { get; set; }

    [SupplyParameterFromQuery]
    public string? Severity { get; set; }

    [SupplyParameterFromQuery]
    public string? Queue { get; set; }

    [SupplyParameterFromQuery]
    public string? Language { get; set; }

    [SupplyParameterFromQuery]
    public string? Region { get; set; }

    [SupplyParameterFromQuery]
    public string? Due { get; set; }

    [SupplyParameterFromQuery]
    public string? Q { get; set; }

    [SupplyParameterFromQuery]
    public string? From { get; set; }

    [SupplyParameterFromQuery]
    public string? To { get; set; }

    [SupplyParameterFromQuery]
    public string? Sort { get; set; }

    [SupplyParameterFromQuery]
    public string? Older { get; set; }

    [SupplyParameterFromQuery]
    public string? Newer { get; set; }

    [Inject]
    public required ListCases ListCases { get; init; }

    [Inject]
    public required ListQueueNames ListQueueNames { get; init; }

    [Inject]
    public required ListCaseLanguages ListCaseLanguages { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required CaseFeed Feed { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    private CaseQuery Query => new()
    {
        Status = Status,
        Severity = Severity,
        Queue = Guid.TryParse(Queue, out Guid queue) ? queue : null,
        Language = Language,
        Region = Region,
        Due = Due == "past",
        Search = Q,
        From = Days.Parse(From),
        To = Days.Parse(To),
        Sort = Sort,
    };

    private string SortChoice
    {
        get => Sort ?? "";
        set => Show(Query with { Sort = string.IsNullOrEmpty(value) ? null : value });
    }

    private CasePlace Place
    {
        get
        {
            (long Number, DateTimeOffset? At)? older = CaseQuery.ReadMark(Older);
            (long Number, DateTimeOffset? At)? newer = older is null ? CaseQuery.ReadMark(Newer) : null;
            return new CasePlace(older?.Number, newer?.Number, Order: Query.Order, At: older?.At ?? newer?.At, ShowSevere: _showSevere);
        }
    }

    private bool AtTop => Place is { OlderThan: null, NewerThan: null };

    private string? Facts => _page?.Matches is { } matches ? Matching(matches) : null;

    private string? Shown => _page is { Rows.Count: > 0 } page
        ? CasesText.Shown.With(page.Rows[0].Number, page.Rows[^1].Number, page.Matches is { } matches ? Matching(matches) : "")
        : null;

    public void Dispose()
    {
        _watch?.Dispose();
        _loads.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        bool seesChildSafety = Me.Permissions.Contains(Permission.ChildSafety);
        _watch = new ThrottledWatch(Feed, change => Concerns(change) && (seesChildSafety || !change.ChildSafety), OnChangedAsync, Clock);
        Caller caller = await Current.GetAsync();
        _queues = await ListQueueNames.RunAsync(caller, CancellationToken.None);
        _languages = await ListCaseLanguages.RunAsync(caller, CancellationToken.None);
        await ReadViewsAsync();
    }

    protected override Task OnParametersSetAsync() => LoadAsync();

    private static bool Concerns(OutboxEvent change) =>
        change.Kind is LiveKind.CaseQueued or LiveKind.CaseChanged or LiveKind.DecisionRecorded or LiveKind.LeaseEnded;

    private static string Matching(int matches) =>
        matches >= ListCases.MostCounted ? CasesText.MatchesOrMore.With(ListCases.MostCounted) : Figures.Count(matches, CasesText.MatchesOne, CasesText.MatchesMany);

    private async Task LoadAsync()
    {
        CancellationToken cancel = _loads.Next();
        try
        {
            (CaseQuery, CasePlace Place) look = (Query, Place);
            CasePlace place = look.Place with { SameLook = _looked == look };
            FoundCases page = await ListCases.RunAsync(await Current.GetAsync(), Query.Filter(Moment.Zone), place, cancel);
            (_page, _newer, _failed, _looked) = (page, 0, false, look);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // A newer filter is on its way, or the page was left.
        }
        catch (System.Data.Common.DbException)
        {
            _failed = true;
        }
    }

    private Task OnChangedAsync(IReadOnlyList<OutboxEvent> events) => RedrawAsync(RefreshAsync);

    /// <summary>Draws changes in rows that are shown; what is new comes in at the top unless a hand is on the table.</summary>
    private async Task RefreshAsync()
    {
        if (_page is not { } page)
        {
            return;
        }

        if (AtTop && (!_hand || page.Rows.Count == 0))
        {
            await LoadAsync();
            return;
        }

        CancellationToken cancel = _loads.Next();
        try
        {
            Caller caller = await Current.GetAsync();
            FoundCases again = await ListCases.RunAsync(
                caller, new CaseFilter { Numbers = [.. page.Rows.Select(row => row.Number)] }, new CasePlace(Size: 200, Count: false, ShowSevere: _showSevere) { SameLook = true }, cancel);
            Dictionary<long, CaseRow> now = again.Rows.ToDictionary(row => row.Number);
            _page = page with { Rows = [.. page.Rows.Select(row => now.GetValueOrDefault(row.Number, row))] };
            _newer = AtTop && page.Rows.Count > 0 && Query.Order == CaseOrder.Opened
                ? (await ListCases.RunAsync(caller, Query.Filter(Moment.Zone), new CasePlace(NewerThan: page.Rows[0].Number, Size: 100, Count: false) { SameLook = true }, cancel)).Rows.Count
                : 0;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // A newer reading is on its way.
        }
    }

    private async Task HandAsync(bool on)
    {
        _hand = on;
        if (!on && _newer > 0)
        {
            await LoadAsync();
        }
    }

    private void Show(CaseQuery query) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(query.Parameters()));

    private string At(string? place, string mark) => Navigation.GetUriWithQueryParameters(
        new Dictionary<string, object?> { ["older"] = place == "older" ? mark : null, ["newer"] = place == "newer" ? mark : null });

    private Task ShowSevereAsync()
    {
        _showSevere = !_showSevere;
        return LoadAsync();
    }
}
