using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Quality;

/// <summary>What was drawn for blind re-review, and what came of it.</summary>
public sealed partial class SamplesPage
{
    private const int Part = 50;
    private const int Most = 500;

    private static readonly SampleState?[] s_states = [null, .. Enum.GetValues<SampleState>().Cast<SampleState?>()];

    private List<SampleRow>? _rows;
    private bool _more;
    private bool _failed;
    private SampleFilter? _shown;

    [SupplyParameterFromQuery(Name = "state")]
    public string? StateName { get; set; }

    [SupplyParameterFromQuery(Name = "plan")]
    public Guid? PlanId { get; set; }

    [SupplyParameterFromQuery(Name = "policy")]
    public string? PolicyId { get; set; }

    [SupplyParameterFromQuery(Name = "person")]
    public Guid? DeciderId { get; set; }

    [SupplyParameterFromQuery(Name = "queue")]
    public Guid? QueueId { get; set; }

    [SupplyParameterFromQuery(Name = "language")]
    public string? Language { get; set; }

    [SupplyParameterFromQuery(Name = "error")]
    public string? ErrorName { get; set; }

    [SupplyParameterFromQuery(Name = "cause")]
    public string? CauseName { get; set; }

    [SupplyParameterFromQuery(Name = "scored")]
    public bool? Scored { get; set; }

    [SupplyParameterFromQuery(Name = "pending")]
    public bool? Pending { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    public DateTime? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    public DateTime? To { get; set; }

    [SupplyParameterFromQuery(Name = "wrong")]
    public bool? Wrong { get; set; }

    [SupplyParameterFromQuery(Name = "random")]
    public bool? Random { get; set; }

    [Inject]
    public required ListSamples ListSamples { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required ILogger<SamplesPage> Log { get; init; }

    private SampleState? State => Named<SampleState>(StateName);

    // Whatever narrows the list beyond the state that its buttons choose.
    private bool Narrowed => Wanted != new SampleFilter { State = State, Take = Part };

    private SampleFilter Wanted => new()
    {
        State = State,
        PlanId = PlanId,
        PolicyId = PolicyId,
        DeciderId = DeciderId,
        QueueId = QueueId,
        Language = Language,
        Error = Named<ErrorKind>(ErrorName),
        Cause = Named<RootCause>(CauseName),
        Scored = Scored,
        Pending = Pending,
        Wrong = Wrong,
        Random = Random,
        From = Utc(From),
        // The last day, whole.
        To = Utc(To?.Date.AddDays(1)),
        Take = Part,
    };

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != Wanted)
        {
            _shown = Wanted;
            await ReadAsync();
        }
    }

    private async Task ReadAsync()
    {
        _rows = null;
        _failed = !await TryAddAsync(_shown!);
    }

    private async Task MoreAsync() => _failed = !await TryAddAsync(_shown! with { Before = _rows![^1].Cursor });

    private async Task<bool> TryAddAsync(SampleFilter filter)
    {
        try
        {
            IReadOnlyList<SampleRow> part = await ListSamples.RunAsync(await Current.GetAsync(), filter, CancellationToken.None);
            _rows = [.. _rows ?? [], .. part];
            _more = part.Count == Part && _rows.Count < Most;
            return true;
        }
#pragma warning disable CA1031 // the page says so and offers to try again
        catch (Exception error) when (error is not PermissionDeniedException)
#pragma warning restore CA1031
        {
            Log.LogError(error, "Samples could not be listed");
            return false;
        }
    }

    private void Show(SampleState? state) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("state", state?.ToString()));

    private static T? Named<T>(string? name)
        where T : struct, Enum => Enum.TryParse(name, ignoreCase: true, out T value) && Enum.IsDefined(value) ? value : null;

    private static DateTimeOffset? Utc(DateTime? time) => time is { } known ? new DateTimeOffset(DateTime.SpecifyKind(known, DateTimeKind.Utc)) : null;
}
