using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Escalations.Precedents;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Escalations;

/// <summary>Precedents by their words, policy, tag and standing; or those near a case.</summary>
public sealed partial class PrecedentsPage
{
    private FoundPrecedents? _found;
    private IReadOnlyList<Line>? _lines;
    private PrecedentQuery? _shown;
    private string? _search;
    private bool _failed;

    [SupplyParameterFromQuery(Name = "q")]
    public string? Search { get; set; }

    [SupplyParameterFromQuery(Name = "policy")]
    public string? PolicyId { get; set; }

    [SupplyParameterFromQuery(Name = "tag")]
    public string? Tag { get; set; }

    [SupplyParameterFromQuery(Name = "state")]
    public string? StateName { get; set; }

    [SupplyParameterFromQuery(Name = "like")]
    public long? Like { get; set; }

    [SupplyParameterFromQuery(Name = "after")]
    public string? After { get; set; }

    [Inject]
    public required ListPrecedents ListPrecedents { get; init; }

    [Inject]
    public required FindSimilarPrecedents FindSimilar { get; init; }

    [Inject]
    public required ICurrentCaller Callers { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required ILogger<PrecedentsPage> Log { get; init; }

    private PrecedentQuery Query => PrecedentQuery.Read(Search, PolicyId, Tag, StateName, Like, After);

    // Another filter begins at the beginning, among all.
    private PrecedentQuery Bare => Query with { After = null, Like = null };

    private string PolicyChoice
    {
        get => Query.Policy ?? "";
        set => Navigation.NavigateTo((Bare with { Policy = value }).Address);
    }

    private string TagChoice
    {
        get => Query.Tag ?? "";
        set => Navigation.NavigateTo((Bare with { Tag = value }).Address);
    }

    // One that is chosen is there, however few have it.
    private IEnumerable<string> Tags => Query.Tag is { } chosen ? _found!.Tags.Union([chosen]) : _found!.Tags;

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != Query)
        {
            (_shown, _lines, _search) = (Query, null, Query.Search);
            await ReadAsync();
        }
    }

    private void Find() => Navigation.NavigateTo((Bare with { Search = _search }).Address);

    private async Task ReadAsync()
    {
        try
        {
            Caller caller = await Callers.GetAsync();
            PrecedentQuery query = _shown!;
            _found = await ListPrecedents.RunAsync(caller, query.Filter, CancellationToken.None);
            if (query.Like is { } like)
            {
                _lines = [.. (await FindSimilar.RunAsync(caller, like, FindSimilarPrecedents.Most, superseded: true, CancellationToken.None) ?? []).Select(offer => new Line(
                    offer.Number, offer.Title, offer.Rule, offer.Verdict, $"{offer.PolicyCode} {offer.PolicyName}", offer.State, offer.PolicyVersion, PrecedentWords.Why(offer)))];
                _found = _found with { Next = null };
            }
            else
            {
                _lines = [.. _found.Rows.Select(row => new Line(row.Number, row.Title, row.Rule, row.Verdict, $"{row.PolicyCode} {row.PolicyName}", row.State, row.WrittenFor, null))];
            }

            _failed = false;
        }
#pragma warning disable CA1031 // the page says so and offers to try again
        catch (Exception error) when (error is not PermissionDeniedException)
#pragma warning restore CA1031
        {
            Log.LogError(error, "Precedents could not be listed");
            _failed = true;
        }
    }

    private sealed record Line(long Number, string Title, string Rule, Verdict Verdict, string Policy, PrecedentState State, int WrittenFor, string? Why);
}
