using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Appeals;
using ModerationConsole.Core.Quality.Figures;
using ModerationConsole.Core.Queues;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Quality;

/// <summary>The overview of quality: what a lead looks at first.</summary>
public sealed partial class QualityPage : IDisposable
{
    private readonly CancellationSeries _loads = new();
    private IReadOnlyList<QueueName> _queues = [];
    private QualityFigures? _figures;
    private AppealShare? _overturned;
    private FiguresQuery? _asked;

    [SupplyParameterFromQuery(Name = "days")]
    public string? Period { get; set; }

    [SupplyParameterFromQuery]
    public string? Policy { get; set; }

    [SupplyParameterFromQuery]
    public string? Queue { get; set; }

    [SupplyParameterFromQuery]
    public string? Language { get; set; }

    [SupplyParameterFromQuery]
    public string? Person { get; set; }

    /// <summary>One of the two people who are compared.</summary>
    [SupplyParameterFromQuery]
    public string? Compare { get; set; }

    /// <summary>The other.</summary>
    [SupplyParameterFromQuery]
    public string? With { get; set; }

    [Inject]
    public required ReadQualityFigures ReadQualityFigures { get; init; }

    [Inject]
    public required ReadAppealFigures ReadAppealFigures { get; init; }

    [CascadingParameter]
    public required Core.People.Myself Me { get; set; }

    [Inject]
    public required ListQueueNames ListQueueNames { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    private FiguresQuery Query => FiguresQuery.Read(Period, Policy, Queue, Language, Person);

    public void Dispose() => _loads.Dispose();

    protected override async Task OnInitializedAsync() => _queues = await ListQueueNames.RunAsync(await Current.GetAsync(), CancellationToken.None);

    protected override async Task OnParametersSetAsync()
    {
        // Whom to compare changes nothing that has to be read.
        FiguresQuery query = Query;
        if (_asked == query)
        {
            return;
        }

        _asked = query;
        CancellationToken cancel = _loads.Next();
        try
        {
            _figures = await ReadQualityFigures.RunAsync(await Current.GetAsync(), query.Question, cancel);
            // Appeals know policy and language, not queue and author.
            _overturned = query is { Queue: null, Person: null } && Me.Permissions.Contains(Permission.ViewAppeals)
                ? (await ReadAppealFigures.RunAsync(await Current.GetAsync(), new AppealFiguresQuestion((int)query.Period, query.Policy, query.Language), cancel)).Overturned
                : null;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Another question was asked, or the page was left.
        }
    }

    private void Show(FiguresQuery query) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(query.Parameters()));

    private void Beside((Guid? First, Guid? Second) two) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["compare"] = two.First, ["with"] = two.Second }));
}
